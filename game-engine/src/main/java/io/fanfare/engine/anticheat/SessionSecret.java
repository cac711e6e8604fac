package io.fanfare.engine.anticheat;

import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Hmac;
import io.fanfare.engine.fairness.ServerSeed;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The secret with which the player of one session signs what was done: HMAC-SHA256(server seed, {@code "replay:" + session
 * id}). Start hands it out where the game is strict; it says nothing about the seed it comes from.
 *
 * <p>A signature is HMAC-SHA256(secret, session id + {@code "\n"} + {@linkplain CanonicalText canonical text} of the payload without
 * its {@code signature}), in hexadecimal digits.
 */
public record SessionSecret(String value) {

    public static final String SIGNATURE = "signature";
    public static final String REPLAY = "replay";

    public static SessionSecret of(ServerSeed serverSeed, String sessionId) {
        return new SessionSecret(Hmac.keyed(serverSeed.value()).hex("replay:" + sessionId));
    }

    public String sign(String sessionId, Document payload) {
        return Hmac.keyed(value).hex(message(sessionId, payload));
    }

    public boolean signed(String sessionId, Document payload, String signature) {
        return Hmac.keyed(value).isSignature(message(sessionId, payload), signature);
    }

    private static String message(String sessionId, Document payload) {
        var unsigned = new LinkedHashMap<String, @Nullable Object>(payload.values());
        unsigned.remove(SIGNATURE);
        return sessionId + "\n" + CanonicalText.of(new Document(unsigned));
    }

    /** Never the secret itself. */
    @Override
    public String toString() {
        return "SessionSecret[…]";
    }
}
