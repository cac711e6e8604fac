/** What a play's request may ask for. */
@NullMarked
package io.fanfare.play.play;

import org.jspecify.annotations.NullMarked;
