/** The shapes of games: three registries, and what ships with the engine. */
@NullMarked
package io.fanfare.engine.shape;

import org.jspecify.annotations.NullMarked;
