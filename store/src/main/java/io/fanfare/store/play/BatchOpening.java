package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingStart;
import io.fanfare.engine.play.PlayLedger.Opening;
import io.fanfare.engine.play.Session;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.play.PlayTables.UsedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.dao.ConcurrencyFailureException;

/** One attempt to keep a batch of sessions with the answers to their starts, inside one transaction. */
final class BatchOpening {

    private final PlayTables tables;
    private final PlayWrites writes;
    private final List<PendingStart> starts;

    BatchOpening(PlayTables tables, PlayWrites writes, List<PendingStart> starts) {
        this.tables = tables;
        this.writes = writes;
        this.starts = starts;
    }

    /** The openings, in the order of the starts; what they say is true once the transaction commits. */
    List<Opening> run(Instant now) {
        Map<CallerKey, UsedKey> used = usedBefore(now);
        List<Opening> openings = new ArrayList<>();
        List<Session> opened = new ArrayList<>();
        Map<CallerKey, KeptAnswer> answers = new HashMap<>();
        for (PendingStart start : starts) {
            Optional<CallerKey> key = callerKey(start);
            UsedKey before = key.map(used::get).orElse(null);
            if (before != null) {
                openings.add(repeated(start, before));
                continue;
            }
            key.ifPresent(mine -> {
                KeptAnswer answer = requireNonNull(start.answer(), "a claim without an answer");
                answers.put(mine, answer);
                // A twin in the same batch comes after this one.
                used.put(mine, new UsedKey(requestHash(start), answer));
            });
            opened.add(start.session());
            openings.add(new Opening.Opened());
        }
        writes.run(List.of(PlayWrites.sessions(opened), PlayWrites.answers(answers)));
        return openings;
    }

    private Map<CallerKey, UsedKey> usedBefore(Instant now) {
        var hashes = new TreeMap<CallerKey, String>();
        for (PendingStart start : starts) {
            callerKey(start).ifPresent(key -> hashes.putIfAbsent(key, requestHash(start)));
        }
        Set<CallerKey> claimed =
                tables.begin(hashes, Collections.emptySortedSet(), now).claimed();
        List<CallerKey> taken =
                hashes.keySet().stream().filter(key -> !claimed.contains(key)).toList();
        Map<CallerKey, UsedKey> used = taken.isEmpty() ? new HashMap<>() : new HashMap<>(tables.used(taken));
        if (used.size() < taken.size()) {
            throw new ConcurrencyFailureException("a key that was taken has just been swept out: claim it anew");
        }
        return used;
    }

    private static Opening repeated(PendingStart start, UsedKey before) {
        return requestHash(start).equals(before.requestHash())
                ? new Opening.AnsweredBefore(before.answer())
                : new Opening.KeyReused();
    }

    private static Optional<CallerKey> callerKey(PendingStart start) {
        return Optional.ofNullable(start.claim())
                .map(claim -> CallerKey.ofPlayer(
                        start.session().tenant(), start.session().player(), claim.key()));
    }

    private static String requestHash(PendingStart start) {
        return requireNonNull(start.claim(), "claim").requestHash();
    }
}
