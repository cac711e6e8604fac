package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.NumberedCommand;
import org.jspecify.annotations.Nullable;

/** A command that waits for its number, with the trace it came in with. */
record ParkedCommand(NumberedCommand command, @Nullable String traceparent) {}
