package io.fanfare.play.relay;

import io.fanfare.store.outbox.RelayState;

/** Knows how the relay of the outbox is doing; asked on every request that writes. */
@FunctionalInterface
public interface RelayWatch {
    RelayState state();
}
