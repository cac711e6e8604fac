/** What anybody can check about the chances of a game. */
@NullMarked
package io.fanfare.play.fairness;

import org.jspecify.annotations.NullMarked;
