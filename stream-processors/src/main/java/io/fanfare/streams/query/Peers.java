package io.fanfare.streams.query;

import io.fanfare.edge.trace.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The other instances of the stream processors. A question that was passed on once is never passed on again. */
@Component
public final class Peers {

    /** Set on a question that comes from another instance. */
    public static final String HOP = "X-Fanfare-Hop";

    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final int OUR_OUTAGES = 500;
    private static final List<String> CREDENTIALS =
            List.of("Authorization", "X-Tenant-Id", "X-Merchant-Id", "X-Player-Id", "X-Roles");

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build();

    /** An answer as it came. */
    public record Answer(int status, String contentType, String body) {}

    public static boolean isFromPeer(HttpServletRequest request) {
        return request.getHeader(HOP) != null;
    }

    /** What another instance answers to the same request; empty where it cannot answer now. */
    public Optional<Answer> ask(HostInfo peer, HttpServletRequest request) {
        String query = request.getQueryString();
        return ask(peer, request.getRequestURI() + (query == null ? "" : "?" + query), request);
    }

    /** What another instance answers to a question with the credentials of a request; empty where it cannot answer now. */
    public Optional<Answer> ask(HostInfo peer, String pathAndQuery, HttpServletRequest credentials) {
        URI address = URI.create("http://%s:%d%s".formatted(peer.host(), peer.port(), pathAndQuery));
        var question = HttpRequest.newBuilder(address)
                .timeout(ANSWER_WITHIN)
                .header(HOP, "1")
                .header("traceparent", TraceContext.current().traceparent());
        for (String name : CREDENTIALS) {
            String value = credentials.getHeader(name);
            if (value != null) {
                question.header(name, value);
            }
        }
        try {
            HttpResponse<String> response = http.send(question.build(), BodyHandlers.ofString());
            if (response.statusCode() >= OUR_OUTAGES) {
                LOG.info("{} answers {}", address, response.statusCode());
                return Optional.empty();
            }
            String contentType = response.headers().firstValue("Content-Type").orElse("application/json");
            return Optional.of(new Answer(response.statusCode(), contentType, response.body()));
        } catch (IOException e) {
            LOG.info("{} does not answer: {}", address, e.toString());
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
