package io.fanfare.worker.integration;

import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.store.integration.Attempt;
import io.fanfare.store.integration.LeasedDelivery;
import io.fanfare.store.integration.WebhookEndpoint;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt over HTTP. The address is judged right before each request, and redirects are not followed. The JDK keeps what
 * a name resolved to for some seconds, so that the address which was judged is the one that is connected to.
 */
final class WebhookSender implements AutoCloseable {

    private static final String USER_AGENT = "Fanfare-Webhooks/1";

    private final OutboundAddressGuard guard;
    private final Duration timeout;
    private final Clock clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http;

    /** @param timeout for everything, from the connection to the beginning of the body */
    WebhookSender(OutboundAddressGuard guard, Duration connectTimeout, Duration timeout, Clock clock) {
        this.guard = guard;
        this.timeout = timeout;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .executor(threads)
                .build();
    }

    /** Sends it and waits for the answer. */
    SendResult send(WebhookEndpoint endpoint, LeasedDelivery delivery) throws InterruptedException {
        return switch (guard.judge(endpoint.url())) {
            case OutboundAddressGuard.Verdict.Allowed _ -> exchange(request(endpoint, delivery));
            case OutboundAddressGuard.Verdict.Forbidden(String why) ->
                new SendResult.Forbidden("the address %s".formatted(why));
            case OutboundAddressGuard.Verdict.Unresolvable(String host) ->
                new SendResult.Unreachable("%s has no address now".formatted(host));
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }

    private HttpRequest request(WebhookEndpoint endpoint, LeasedDelivery delivery) {
        Instant now = clock.instant();
        String body = delivery.body();
        URI url = endpoint.url();
        var request = HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("User-Agent", USER_AGENT)
                .header("webhook-id", delivery.eventId().toString())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("X-Muse-Event", delivery.type().word())
                .header(
                        "traceparent",
                        TraceContext.continuing(delivery.traceparent()).traceparent())
                .POST(HttpRequest.BodyPublishers.ofString(body));
        endpoint.secret()
                .ifPresent(secret -> WebhookSignature.headers(secret, delivery.eventId(), now, body)
                        .forEach(request::header));
        return request.build();
    }

    /** The JDK's own timeout ends with the headers of the answer; this one holds for its body too. */
    private SendResult exchange(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<String>> exchange =
                http.sendAsync(request, _ -> new FirstBytes(Attempt.MAX_RESPONSE_LENGTH));
        try {
            HttpResponse<String> answer = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new SendResult.Answered(answer.statusCode(), answer.body(), retryAfter(answer));
        } catch (TimeoutException _) {
            return new SendResult.Unreachable("no answer within %d ms".formatted(timeout.toMillis()));
        } catch (ExecutionException e) {
            return new SendResult.Unreachable(reason(e.getCause()));
        } finally {
            exchange.cancel(true);
        }
    }

    private static String reason(@Nullable Throwable cause) {
        if (cause instanceof IOException) {
            String message = cause.getMessage();
            return message == null ? cause.getClass().getSimpleName() : message;
        }
        return String.valueOf(cause);
    }

    /** In seconds only; the other form, a date, is not worth another clock's opinion. */
    private static @Nullable Duration retryAfter(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("Retry-After")
                .filter(value -> value.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }
}
