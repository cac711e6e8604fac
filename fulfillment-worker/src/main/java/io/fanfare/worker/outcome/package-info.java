/** Keeps what the wallets app said of commands that somebody waits for. */
@NullMarked
package io.fanfare.worker.outcome;

import org.jspecify.annotations.NullMarked;
