/** Signed replays, tested. */
@NullMarked
package io.fanfare.engine.anticheat;

import org.jspecify.annotations.NullMarked;
