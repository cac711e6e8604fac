package io.fanfare.bench.verify;

import java.util.Set;

/** What was committed after the snapshot and is on a topic: without it, a fact that nobody committed would pass for new. */
record Since(Set<Ref> plays, Set<Ref> commands) {

    Since {
        plays = Set.copyOf(plays);
        commands = Set.copyOf(commands);
    }
}
