/** What a game grants for the points that a player has earned, or sells for those they have. */
@NullMarked
package io.fanfare.engine.milestone;

import org.jspecify.annotations.NullMarked;
