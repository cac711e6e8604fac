package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.OutboxRow;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Every row of the outbox that is still kept is on its topic, byte for byte; what is there twice is twice the same. */
final class OutboxIsPublished {

    private OutboxIsPublished() {}

    static Check check(Snapshot snapshot, Published published) {
        var findings = new Findings(4, "outbox is published");
        findings.saw(snapshot.outbox().size());
        Map<UUID, Fact<?>> told = new HashMap<>();
        long[] repeated = {0};
        published.relayed().forEach(fact -> {
            if (fact.eventId() == null) {
                return;
            }
            Fact<?> before = told.putIfAbsent(fact.eventId(), fact);
            if (before != null) {
                repeated[0]++;
                if (!isSame(before, fact)) {
                    findings.violated("%s: event %s is not what it was at %s"
                            .formatted(fact.place(), fact.eventId(), before.place()));
                }
            }
        });
        for (OutboxRow row : snapshot.outbox()) {
            Fact<?> fact = told.get(row.id());
            if (fact == null) {
                findings.violated(
                        "event %s (%s of %s) is not on %s".formatted(row.id(), row.type(), row.key(), row.topic()));
            } else {
                compare(row, fact, findings);
            }
        }
        findings.note(repeated[0] + " repeated by the relay");
        return findings.result();
    }

    private static void compare(OutboxRow row, Fact<?> fact, Findings findings) {
        if (!fact.topic().equals(row.topic())) {
            findings.violated("%s: event %s belongs on %s".formatted(fact.place(), row.id(), row.topic()));
        }
        if (!fact.key().equals(row.key()) || !fact.type().equals(row.type())) {
            findings.violated("%s: event %s is %s of %s, in the outbox %s of %s"
                    .formatted(fact.place(), row.id(), fact.type(), fact.key(), row.type(), row.key()));
        }
        if (!fact.payload().equals(row.payload())) {
            findings.violated("%s: event %s has other bytes than in the outbox".formatted(fact.place(), row.id()));
        }
        if (row.partition() != null && row.partition() != fact.partition()) {
            findings.violated(
                    "%s: event %s belongs on partition %d".formatted(fact.place(), row.id(), row.partition()));
        }
    }

    private static boolean isSame(Fact<?> one, Fact<?> other) {
        return one.topic().equals(other.topic())
                && one.key().equals(other.key())
                && one.payload().equals(other.payload());
    }
}
