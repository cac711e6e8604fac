package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.fanfare.store.integration.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {

    private static final String BODY = "{\"event\":\"prize_won\",\"payload\":{\"name\":\"Kaffee für Grace ☕\"}}";
    private static final UUID ID = UUID.fromString("0190a8c0-0000-7000-8000-000000000001");

    private final Instant now = Instant.now();

    @Test
    void a_receiver_with_the_librarys_verifier_accepts_it() throws WebhookVerificationException {
        String branded = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

        Map<String, String> headers = WebhookSignature.headers(new WebhookSecret(branded), ID, now, BODY);

        new Webhook(branded).verify(BODY, asReceived(headers));
    }

    @Test
    void a_secret_of_plain_text_is_a_key_of_its_bytes() throws WebhookVerificationException {
        Map<String, String> headers =
                WebhookSignature.headers(new WebhookSecret("correct-horse-battery"), ID, now, BODY);

        new Webhook("correct-horse-battery".getBytes(StandardCharsets.UTF_8)).verify(BODY, asReceived(headers));
    }

    @Test
    void another_body_or_secret_is_noticed() {
        var secret = new WebhookSecret("correct-horse-battery");
        Map<String, List<String>> received = asReceived(WebhookSignature.headers(secret, ID, now, BODY));

        assertThatThrownBy(() -> new Webhook(secret.standardKey()).verify(BODY + " ", received))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() ->
                        new Webhook("wrong-horse-battery".getBytes(StandardCharsets.UTF_8)).verify(BODY, received))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void the_plain_signature_is_the_hex_hmac_of_the_body() throws Exception {
        String text = "correct-horse-battery";
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8)));

        Map<String, String> headers = WebhookSignature.headers(new WebhookSecret(text), ID, now, BODY);

        assertThat(headers).containsEntry("X-Muse-Signature", expected);
    }

    private Map<String, List<String>> asReceived(Map<String, String> signed) {
        return Map.of(
                "webhook-id",
                List.of(ID.toString()),
                "webhook-timestamp",
                List.of(Long.toString(now.getEpochSecond())),
                "webhook-signature",
                List.of(signed.getOrDefault("webhook-signature", "")));
    }
}
