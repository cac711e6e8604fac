package io.fanfare.worker.integration;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.fanfare.store.integration.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which a receiver knows that a body comes from here: those of Standard Webhooks, and a plain one. */
final class WebhookSignature {

    private static final String HMAC = "HmacSHA256";

    private WebhookSignature() {}

    /**
     * Signature headers for one attempt.
     *
     * <p>{@code webhook-signature} covers id, time and body, keyed as Standard Webhooks says. {@code X-Muse-Signature} is
     * the hex HMAC-SHA256 of the body alone, keyed by the secret as it was configured, for flows that exist.
     */
    static Map<String, String> headers(WebhookSecret secret, UUID id, Instant at, String body) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-signature", standard(secret, id, at, body));
        headers.put("X-Muse-Signature", plain(secret, body));
        return headers;
    }

    private static String standard(WebhookSecret secret, UUID id, Instant at, String body) {
        try {
            return new Webhook(secret.standardKey()).sign(id.toString(), at.getEpochSecond(), body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    /** The hex HMAC-SHA256 of a body. */
    static String plain(WebhookSecret secret, String body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.textKey(), HMAC));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
