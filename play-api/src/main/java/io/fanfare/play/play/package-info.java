/** Starting and playing, eligibility and history. */
@NullMarked
package io.fanfare.play.play;

import org.jspecify.annotations.NullMarked;
