package io.fanfare.worker.sink;

import io.fanfare.store.integration.WebhookSecret;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps the last requests in memory. */
final class WebhookSink {

    static final int CAPACITY = 500;

    private static final int MAX_COUNTED = 10 * CAPACITY;

    private final Clock clock;
    private final Deque<ReceivedWebhook> newestFirst = new ArrayDeque<>();
    private final Map<String, Integer> attempts = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_COUNTED;
        }
    };

    /**
     * When to pretend that something is wrong.
     *
     * @param status what to answer then
     * @param times for so many first attempts of each webhook id
     */
    record Failing(int status, int times) {

        static final Failing NEVER = new Failing(200, 0);

        Failing {
            if (status < 200 || status > 599) {
                throw new IllegalArgumentException("status is %d, expected 200 to 599".formatted(status));
            }
            if (times < 0) {
                throw new IllegalArgumentException("times is %d, expected at least 0".formatted(times));
            }
        }
    }

    WebhookSink(Clock clock) {
        this.clock = clock;
    }

    /** @param headers names in lower case */
    synchronized ReceivedWebhook receive(
            String name, Map<String, String> headers, String body, @Nullable WebhookSecret secret, Failing failing) {
        String id = headers.get("webhook-id");
        int attempt = attempts.merge(name + " " + id, 1, Integer::sum);
        var received = new ReceivedWebhook(
                clock.instant().getEpochSecond(),
                name,
                id,
                headers.get("x-muse-event"),
                attempt,
                SignatureCheck.standard(secret, headers, body).word(),
                SignatureCheck.plain(secret, headers.get("x-muse-signature"), body)
                        .word(),
                attempt <= failing.times() ? failing.status() : 200,
                headers,
                body);
        newestFirst.addFirst(received);
        if (newestFirst.size() > CAPACITY) {
            newestFirst.removeLast();
        }
        return received;
    }

    synchronized List<ReceivedWebhook> newestFirst() {
        return new ArrayList<>(newestFirst);
    }
}
