/** Whether plays were what they should have been. */
@NullMarked
package io.fanfare.play.audit;

import org.jspecify.annotations.NullMarked;
