package io.fanfare.store.outbox;

import java.time.Duration;

/** How the relay of the outbox is doing. */
public sealed interface RelayState {

    /** @param lag age of the oldest fact that may not have reached its topic; zero where there is none */
    record Healthy(Duration lag) implements RelayState {}

    /** It is too far behind to be given more, or the log it still needs is about to be removed. */
    record Behind(Duration lag) implements RelayState {}

    /** The log that it needs is gone: it will publish what is retained again, once the slot is dropped. */
    record SlotLost() implements RelayState {}

    /** It never ran, or its slot was dropped. */
    record NoSlot() implements RelayState {}
}
