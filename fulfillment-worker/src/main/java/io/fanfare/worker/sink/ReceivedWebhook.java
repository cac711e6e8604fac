package io.fanfare.worker.sink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it arrived, and what was answered.
 *
 * @param receivedAt unix seconds
 * @param name the path behind {@code /dev/webhooks/}
 * @param webhookId null where it carried none
 * @param event null where it carried none
 * @param attempt how many times this id has arrived under this name, this one included
 * @param signature {@code valid}, {@code invalid}, {@code missing}, or {@code unchecked} where no secret is known
 * @param museSignature the same for the plain one
 * @param answered the HTTP status
 * @param headers names in lower case
 */
record ReceivedWebhook(
        long receivedAt,
        String name,
        @Nullable String webhookId,
        @Nullable String event,
        int attempt,
        String signature,
        String museSignature,
        int answered,
        Map<String, String> headers,
        String body) {}
