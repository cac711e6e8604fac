package io.fanfare.play.fairness;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to know of a session that was played.
 *
 * @param serverSeed as the play revealed it
 * @param serverSeedHash as the start told it
 * @param clientSeed what the player added; left out: nothing
 * @param from number of the first draw; left out: 0, the first of a play
 * @param draws how many; left out: 1
 * @param odds a table to compute the session's commitment of
 * @param playId the play of the session, to see whether its record follows from the draws
 * @param tenantId whose play it is, for who comes without credentials
 */
record VerifyBody(
        @Nullable String serverSeed,
        @Nullable String serverSeedHash,
        @Nullable String clientSeed,
        @Nullable String sessionId,
        @Nullable Long from,
        @Nullable Long draws,
        @Nullable Document odds,
        @Nullable PlayId playId,
        @Nullable TenantId tenantId) {

    private static final int MAX_CLIENT_SEED = 200;
    private static final int MAX_DRAWS = 1_000;
    private static final long MAX_FROM = 1L << 53;
    private static final ServerSeed NONE = new ServerSeed("0".repeat(64));

    /** What was read of it. */
    record Claim(ServerSeed seed, String hash, String clientSeed, SessionId session, long from, int draws) {}

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    Claim read() {
        var violations = new Violations();
        ServerSeed seed = seed(violations);
        String hash = hexDigits("server_seed_hash", serverSeedHash, violations);
        String client = violations.optionalText("client_seed", clientSeed, MAX_CLIENT_SEED);
        String session = violations.text("session_id", sessionId, OpaqueId.MAX_LENGTH);
        if (!session.isBlank() && session.length() <= OpaqueId.MAX_LENGTH && !OpaqueId.isValid(session)) {
            violations.add("session_id", "is '%s', which no session is called".formatted(session));
        }
        long first = violations.number("from", from, 0, MAX_FROM);
        long count = violations.number("draws", requireNonNullElse(draws, 1L), 0, MAX_DRAWS);
        violations.refuseAny();
        return new Claim(
                seed, hash, requireNonNullElse(client, ""), new SessionId(session), first, Math.toIntExact(count));
    }

    private ServerSeed seed(Violations violations) {
        String text = hexDigits("server_seed", serverSeed, violations);
        return text.isEmpty() ? NONE : new ServerSeed(text);
    }

    /** Empty where the violations say what is wrong. */
    private static String hexDigits(String field, @Nullable String text, Violations violations) {
        if (text == null) {
            violations.add(field, "is missing");
            return "";
        }
        if (!text.matches("[0-9a-f]{64}")) {
            violations.add(field, "has %d characters, expected 64 digits 0-9 and a-f".formatted(text.length()));
            return "";
        }
        return text;
    }
}
