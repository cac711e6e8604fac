package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.OpaqueId;
import java.time.Instant;

/** When issued amounts become available. */
public sealed interface Activation {

    Activation AT_ONCE = new AtOnce();

    record AtOnce() implements Activation {}

    record At(Instant time) implements Activation {
        public At {
            requireNonNull(time, "time");
        }
    }

    /** Waits for a command that names the action. */
    record OnAction(String action) implements Activation {
        public OnAction {
            OpaqueId.require("action", action);
        }
    }
}
