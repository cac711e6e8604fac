/** Start, play, eligibility, history: the four decisions of a game. */
@NullMarked
package io.fanfare.engine.play;

import org.jspecify.annotations.NullMarked;
