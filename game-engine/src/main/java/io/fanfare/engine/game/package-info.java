/** What a game is: its shape, its rules, its prizes. */
@NullMarked
package io.fanfare.engine.game;

import org.jspecify.annotations.NullMarked;
