package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A play as its player was told of it: one line of the file that a load generator keeps. What is null was not kept and is not
 * compared.
 *
 * @param key the idempotency key of the request
 * @param consistency what the answer carried: {@code scope_key:number}
 */
record Acknowledged(
        Ref player,
        String play,
        @Nullable String key,
        @Nullable String session,
        @Nullable Boolean won,
        @Nullable List<Outcome> rewards,
        @Nullable String consistency) {

    private static final Set<String> FIELDS = Set.of(
            "kind",
            "tenant",
            "player",
            "play_id",
            "idempotency_key",
            "session_id",
            "won",
            "rewards",
            "consistency",
            "at");

    Acknowledged {
        rewards = rewards == null ? null : List.copyOf(rewards);
    }

    Ref id() {
        return new Ref(player.tenant(), play);
    }

    static Acknowledged of(AckLine line) throws IOException {
        line.requireOnly(FIELDS);
        return new Acknowledged(
                line.player(),
                line.required("play_id"),
                line.text("idempotency_key"),
                line.text("session_id"),
                line.json().path("won").isBoolean() ? line.json().path("won").booleanValue() : null,
                line.json().path("rewards").isArray()
                        ? RewardTables.outcomes(line.json().path("rewards"))
                        : null,
                line.text("consistency"));
    }
}
