/** What players won. */
@NullMarked
package io.fanfare.play.reward;

import org.jspecify.annotations.NullMarked;
