/** Random histories of games, against a model that knows nothing of the engine. */
@NullMarked
package io.fanfare.engine.history;

import org.jspecify.annotations.NullMarked;
