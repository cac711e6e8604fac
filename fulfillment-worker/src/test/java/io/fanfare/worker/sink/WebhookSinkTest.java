package io.fanfare.worker.sink;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookSigningException;
import io.fanfare.store.integration.WebhookSecret;
import io.fanfare.worker.sink.WebhookSink.Failing;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebhookSinkTest {

    private static final WebhookSecret SECRET = new WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String BODY = "{\"event\":\"prize_won\"}";

    private final WebhookSink sink = new WebhookSink(Clock.systemUTC());

    @Test
    void a_signature_by_the_known_secret_is_valid_and_by_another_is_not() throws WebhookSigningException {
        Map<String, String> headers = signed("msg_1");
        var another = new WebhookSecret("whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD");

        assertThat(sink.receive("ada", headers, BODY, SECRET, Failing.NEVER).signature())
                .isEqualTo("valid");
        assertThat(sink.receive("ada", headers, BODY, another, Failing.NEVER).signature())
                .isEqualTo("invalid");
        assertThat(sink.receive("ada", headers, BODY + "!", SECRET, Failing.NEVER)
                        .signature())
                .isEqualTo("invalid");
        assertThat(sink.receive("ada", headers, BODY, null, Failing.NEVER).signature())
                .isEqualTo("unchecked");
        assertThat(sink.receive("ada", Map.of(), BODY, SECRET, Failing.NEVER).signature())
                .isEqualTo("missing");
    }

    @Test
    void the_plain_signature_is_checked_as_well() {
        var secret = new WebhookSecret("correct-horse-battery");
        var headers = Map.of("x-muse-signature", "f02bdf5d86102cd0331b1d409a47af236659037c0495f86e3a65e9f3fbb6c205");

        assertThat(sink.receive("ada", headers, BODY, secret, Failing.NEVER).museSignature())
                .isEqualTo("valid");
        assertThat(sink.receive("ada", headers, BODY + " ", secret, Failing.NEVER)
                        .museSignature())
                .isEqualTo("invalid");
    }

    @Test
    void it_fails_the_first_attempts_of_each_webhook_as_it_was_told() {
        var twice = new Failing(503, 2);

        assertThat(answers("msg_1", twice, 4)).containsExactly(503, 503, 200, 200);
        assertThat(answers("msg_2", twice, 3)).containsExactly(503, 503, 200);
    }

    @Test
    void it_keeps_the_last_ones_newest_first() {
        for (int i = 0; i < WebhookSink.CAPACITY + 10; i++) {
            sink.receive("ada", Map.of("webhook-id", "msg_" + i), BODY, null, Failing.NEVER);
        }

        assertThat(sink.newestFirst()).hasSize(WebhookSink.CAPACITY);
        assertThat(sink.newestFirst().getFirst().webhookId()).isEqualTo("msg_" + (WebhookSink.CAPACITY + 9));
    }

    @Test
    void what_was_sent_is_no_markup_of_the_page() {
        sink.receive("<b>ada</b>", Map.of(), "<script>alert(1)</script>", null, Failing.NEVER);

        assertThat(SinkPage.of(sink.newestFirst()))
                .doesNotContain("<script>")
                .doesNotContain("<b>")
                .contains("&lt;script&gt;");
    }

    private int[] answers(String id, Failing failing, int attempts) {
        int[] answers = new int[attempts];
        for (int i = 0; i < attempts; i++) {
            answers[i] = sink.receive("ada", Map.of("webhook-id", id), BODY, null, failing)
                    .answered();
        }
        return answers;
    }

    private static Map<String, String> signed(String id) throws WebhookSigningException {
        long now = Instant.now().getEpochSecond();
        return Map.of(
                "webhook-id",
                id,
                "webhook-timestamp",
                Long.toString(now),
                "webhook-signature",
                new Webhook(SECRET.standardKey()).sign(id, now, BODY));
    }
}
