package io.fanfare.worker.sink;

import static java.util.stream.Collectors.toMap;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.fanfare.store.integration.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What a receiver finds when it checks a signature. */
enum SignatureCheck {
    VALID,
    INVALID,
    /** There is none. */
    MISSING,
    /** There is one, but no secret to check it with. */
    UNCHECKED;

    private static final String HMAC = "HmacSHA256";

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Of {@code webhook-signature}, as any receiver with a library of Standard Webhooks would do it: the time stamp, too,
     * must be of the last five minutes.
     *
     * @param headers names in lower case
     */
    static SignatureCheck standard(@Nullable WebhookSecret secret, Map<String, String> headers, String body) {
        if (!headers.containsKey("webhook-signature")) {
            return MISSING;
        }
        if (secret == null) {
            return UNCHECKED;
        }
        var lists = headers.entrySet().stream().collect(toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        try {
            new Webhook(secret.standardKey()).verify(body, lists);
            return VALID;
        } catch (WebhookVerificationException _) {
            return INVALID;
        }
    }

    /** Of {@code X-Muse-Signature}. */
    static SignatureCheck plain(@Nullable WebhookSecret secret, @Nullable String signature, String body) {
        if (signature == null) {
            return MISSING;
        }
        if (secret == null) {
            return UNCHECKED;
        }
        byte[] expected = HexFormat.of().formatHex(hmac(secret.textKey(), body)).getBytes(StandardCharsets.US_ASCII);
        byte[] actual = signature.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, actual) ? VALID : INVALID;
    }

    private static byte[] hmac(byte[] key, String body) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(body.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }
}
