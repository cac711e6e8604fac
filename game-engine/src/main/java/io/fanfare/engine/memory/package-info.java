/** Stores in memory, for programs that embed the engine and for tests. */
@NullMarked
package io.fanfare.engine.memory;

import org.jspecify.annotations.NullMarked;
