package io.fanfare.store.sequence;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.util.Comparator;

/** What is numbered of a player: {@link #PLAYS}, or the commands of one wallet. */
public record SequenceKey(TenantId tenant, PlayerId player, String stream) implements Comparable<SequenceKey> {

    public static final String PLAYS = "plays";

    private static final Comparator<SequenceKey> ORDER = Comparator.comparing(SequenceKey::tenant)
            .thenComparing(SequenceKey::player)
            .thenComparing(SequenceKey::stream);

    @Override
    public int compareTo(SequenceKey other) {
        return ORDER.compare(this, other);
    }
}
