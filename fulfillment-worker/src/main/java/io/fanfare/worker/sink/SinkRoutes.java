package io.fanfare.worker.sink;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.store.integration.WebhookSecret;
import io.fanfare.worker.sink.WebhookSink.Failing;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The sink over HTTP; it exists in development mode only. */
@RestController
@ConditionalOnBooleanProperty("fanfare.dev-mode")
final class SinkRoutes {

    private static final int MAX_NAME_LENGTH = 200;

    private final WebhookSink sink;
    private final SinkSettings settings;

    SinkRoutes(WebhookSink sink, SinkSettings settings) {
        this.sink = sink;
        this.settings = settings;
    }

    /** What a sender is told. */
    record Receipt(int attempt, String signature, String museSignature) {}

    /** What arrived, newest first. */
    record Arrived(List<ReceivedWebhook> items) {}

    /**
     * Takes a webhook.
     *
     * @param secret to check its signatures with; otherwise the configured one
     * @param status to answer instead of 200, for the first attempts of each webhook id
     * @param times for how many of them; for all where it is left out
     */
    @Public
    @PostMapping("/dev/webhooks/{*name}")
    ResponseEntity<Envelope<Receipt>> receive(
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String secret,
            @RequestParam(required = false) @Nullable Integer status,
            @RequestParam(required = false) @Nullable Integer times,
            @RequestBody(required = false) byte @Nullable [] body,
            HttpServletRequest request) {
        String shortName = name.substring(Math.min(1, name.length()));
        if (shortName.length() > MAX_NAME_LENGTH) {
            throw Refused.invalid("name", "has more than %d characters".formatted(MAX_NAME_LENGTH));
        }
        String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        ReceivedWebhook received =
                sink.receive(shortName, headers(request), text, secret(secret), failing(status, times));
        return ResponseEntity.status(received.answered())
                .body(Envelope.ok(new Receipt(received.attempt(), received.signature(), received.museSignature())));
    }

    @Public
    @GetMapping(value = "/dev/webhooks", produces = MediaType.APPLICATION_JSON_VALUE)
    Envelope<Arrived> list(@RequestParam(required = false) @Nullable Integer limit) {
        return Envelope.ok(new Arrived(newest(limit)));
    }

    @Public
    @GetMapping(value = "/dev/webhooks", produces = MediaType.TEXT_HTML_VALUE)
    String page(@RequestParam(required = false) @Nullable Integer limit) {
        return SinkPage.of(newest(limit));
    }

    private List<ReceivedWebhook> newest(@Nullable Integer limit) {
        int most = limit == null ? WebhookSink.CAPACITY : limit;
        if (most < 1 || most > WebhookSink.CAPACITY) {
            throw Refused.invalid("limit", "is %d, expected 1 to %d".formatted(most, WebhookSink.CAPACITY));
        }
        return sink.newestFirst().stream().limit(most).toList();
    }

    private @Nullable WebhookSecret secret(@Nullable String ofRequest) {
        String text = ofRequest == null ? settings.secret().orElse(null) : ofRequest;
        try {
            return text == null ? null : new WebhookSecret(text);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("secret", String.valueOf(e.getMessage()));
        }
    }

    private static Failing failing(@Nullable Integer status, @Nullable Integer times) {
        try {
            return status == null ? Failing.NEVER : new Failing(status, times == null ? Integer.MAX_VALUE : times);
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("status", String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        var headers = new TreeMap<String, String>();
        for (String header : Collections.list(request.getHeaderNames())) {
            headers.put(header.toLowerCase(Locale.ROOT), request.getHeader(header));
        }
        return headers;
    }
}
