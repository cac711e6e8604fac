package io.fanfare.streams.wallet;

import java.time.Instant;
import java.util.Optional;

/** How far the relay is known to be. */
@FunctionalInterface
interface RelayProgress {

    /** Of a relay that is never behind: where commands are written to their topic by hand. */
    RelayProgress NEVER_BEHIND = () -> Optional.of(Instant.MAX);

    /** All that was committed before has arrived on its topics; empty where nothing is known yet. */
    Optional<Instant> upTo();
}
