package io.fanfare.store.play;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.SessionId;
import java.util.Comparator;

/** A session among those of all tenants. */
record SessionKey(TenantId tenant, SessionId session) implements Comparable<SessionKey> {

    private static final Comparator<SessionKey> ORDER =
            Comparator.comparing(SessionKey::tenant).thenComparing(SessionKey::session);

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
