/** The life of a reward: won, claimed, fulfilled, and the ways in which it ends before. */
@NullMarked
package io.fanfare.engine.reward;

import org.jspecify.annotations.NullMarked;
