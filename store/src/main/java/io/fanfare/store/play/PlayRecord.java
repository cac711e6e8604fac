package io.fanfare.store.play;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * A play that is a fact, with what an audit needs beside what was answered.
 *
 * @param clientSeed with which it drew
 * @param traceparent of the request; null where it had none
 */
public record PlayRecord(
        TenantId tenant,
        CommittedPlay play,
        SessionId session,
        String clientSeed,
        @Nullable String traceparent) {

    public PlayRecord {
        requireNonNull(tenant, "tenant");
        requireNonNull(play, "play");
        requireNonNull(session, "session");
        requireNonNull(clientSeed, "clientSeed");
    }
}
