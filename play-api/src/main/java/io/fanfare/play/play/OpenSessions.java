package io.fanfare.play.play;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Sessions that were opened here and are likely to be played here soon. Nothing rests on it: what another instance has done to a
 * session in the meantime, the ledger finds when it commits.
 */
@Component
final class OpenSessions {

    private static final int MOST = 20_000;

    private final PlayLedger ledger;
    private final Cache<SessionKey, Session> opened = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(Session.TIME_TO_LIVE)
            .build();

    OpenSessions(PlayLedger ledger) {
        this.ledger = ledger;
    }

    private record SessionKey(TenantId tenant, SessionId session) {}

    void remember(Session session) {
        opened.put(new SessionKey(session.tenant(), session.id()), session);
    }

    /** A session on its way to be played: it is remembered no longer. */
    Optional<Session> take(TenantId tenant, SessionId id) {
        Session remembered = opened.asMap().remove(new SessionKey(tenant, id));
        return remembered == null ? ledger.session(tenant, id) : Optional.of(remembered);
    }
}
