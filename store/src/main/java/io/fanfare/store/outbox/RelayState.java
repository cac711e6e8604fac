package io.fanfare.store.outbox;

import java.time.Duration;

/** How the relay of the outbox is doing. */
public sealed interface RelayState {

    /** @param lag age of the oldest fact that may not have reached its topic; zero where there is none */
    record Healthy(Duration lag) implements RelayState {}

    /**
     * It was there, and for a while nobody has read from its slot, or nothing was heard of it: the connector is paused, stopped or
     * failing.
     *
     * @param lag as of {@link Healthy}; within the bound so far
     */
    record Unattended(Duration lag) implements RelayState {}

    /** It is too far behind to be given more. */
    record Behind(Duration lag) implements RelayState {}

    /**
     * Whatever its lag, so much log waits for it that the server is on the way to removing it.
     *
     * @param bytesLeft that can be written before the slot may be lost; not above zero: at the next checkpoint
     */
    record InDanger(Duration lag, long bytesLeft) implements RelayState {}

    /** The log that it needs is gone: it will publish what is retained again, once the slot is dropped. */
    record SlotLost() implements RelayState {}

    /** It never ran, or its slot was dropped. */
    record NoSlot() implements RelayState {}

    /** Where there are no slots: no heartbeat of it has come back yet. It never ran, or its topic cannot be read. */
    record Unheard() implements RelayState {}
}
