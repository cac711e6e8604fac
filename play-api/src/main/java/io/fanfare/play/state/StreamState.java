package io.fanfare.play.state;

import io.fanfare.edge.caller.ServiceTokens;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.identity.TenantId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.http.HttpHeaders;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.util.DefaultUriBuilderFactory;
import org.springframework.web.util.UriBuilder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks the services that hold stream state. They are asked on behalf of one tenant. Where one cannot answer, the next is asked;
 * where none can, the request ends as UNAVAILABLE: the player's view is never made up.
 */
@Component
@EnableConfigurationProperties(StateSettings.class)
public final class StreamState {

    private static final Logger LOG = LoggerFactory.getLogger(StreamState.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final DefaultUriBuilderFactory ADDRESSES = new DefaultUriBuilderFactory();

    private final HttpClient client;
    private final RestClient http;
    private final List<URI> instances;
    /** The one that answered last is asked first. */
    private volatile int preferred;

    private final ServiceTokens tokens;
    private final JsonMapper json;

    StreamState(StateSettings settings, ServiceTokens tokens, JsonMapper json) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .build();
        this.http = RestClient.builder()
                .requestFactory(requests(settings.readTimeout()))
                .build();
        this.instances = settings.url();
        this.tokens = tokens;
        // The other side may be newer than this one and say more.
        this.json = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private JdkClientHttpRequestFactory requests(Duration timeout) {
        var requests = new JdkClientHttpRequestFactory(client);
        requests.setReadTimeout(timeout);
        return requests;
    }

    /**
     * Asks a question.
     *
     * @param path with places for the variables, such as {@code /state/v1/wallets/{player}}
     * @param query what to add; null values are left out
     * @param data type of the envelope's data
     * @return empty where there is no such thing
     */
    public <T> Optional<T> ask(
            TenantId tenant,
            String path,
            Map<String, ?> variables,
            Map<String, ? extends @Nullable Object> query,
            Class<T> data) {
        return ask(() -> http, tenant, path, variables, query, data);
    }

    /**
     * Asks a question whose answer is of use for so long only; what is not answered by then is UNAVAILABLE.
     *
     * @param patience for all instances together
     */
    public <T> Optional<T> askWithin(
            Duration patience,
            TenantId tenant,
            String path,
            Map<String, ?> variables,
            Map<String, ? extends @Nullable Object> query,
            Class<T> data) {
        long deadline = System.nanoTime() + patience.toNanos();
        return ask(() -> until(deadline), tenant, path, variables, query, data);
    }

    private RestClient until(long deadline) {
        Duration rest = Duration.ofNanos(deadline - System.nanoTime());
        if (!rest.isPositive()) {
            throw Refused.unavailable("the state of wallets and boards has not answered in time", RETRY_AFTER);
        }
        return http.mutate().requestFactory(requests(rest)).build();
    }

    private <T> Optional<T> ask(
            Supplier<RestClient> clients,
            TenantId tenant,
            String path,
            Map<String, ?> variables,
            Map<String, ? extends @Nullable Object> query,
            Class<T> data) {
        int first = preferred;
        for (int i = 0; i < instances.size() - 1; i++) {
            int instance = (first + i) % instances.size();
            try {
                return ask(clients.get(), instance, tenant, path, variables, query, data);
            } catch (Refused e) {
                if (e.reason() != Reason.UNAVAILABLE) {
                    throw e;
                }
                LOG.info("{} cannot answer, the next is asked: {}", instances.get(instance), e.toString());
            }
        }
        int last = (first + instances.size() - 1) % instances.size();
        return ask(clients.get(), last, tenant, path, variables, query, data);
    }

    private <T> Optional<T> ask(
            RestClient asking,
            int instance,
            TenantId tenant,
            String path,
            Map<String, ?> variables,
            Map<String, ? extends @Nullable Object> query,
            Class<T> data) {
        try {
            Optional<T> answer = asking.get()
                    .uri(uri(instances.get(instance), path, variables, query))
                    .header(HttpHeaders.AUTHORIZATION, tokens.authorization(tenant))
                    .header("traceparent", TraceContext.current().traceparent())
                    .exchangeForRequiredValue((_, response) -> read(response, data));
            preferred = instance;
            return answer;
        } catch (ResourceAccessException e) {
            throw Refused.unavailable("the state of wallets and boards cannot be read now", RETRY_AFTER, e);
        }
    }

    private static URI uri(
            URI instance, String path, Map<String, ?> variables, Map<String, ? extends @Nullable Object> query) {
        UriBuilder uri = ADDRESSES.uriString(instance.toString()).path(path);
        query.forEach((name, value) -> uri.queryParamIfPresent(name, Optional.ofNullable(value)));
        return uri.build(variables);
    }

    private <T> Optional<T> read(ClientHttpResponse response, Class<T> data) throws IOException {
        int status = response.getStatusCode().value();
        return switch (status) {
            case 200 -> Optional.of(data(response, data));
            case 400 -> throw refused(response);
            case 404 -> Optional.empty();
            default -> throw unavailable(response);
        };
    }

    private static Refused unavailable(ClientHttpResponse response) throws IOException {
        return Refused.unavailable(
                "the state of wallets and boards cannot be read now",
                retryAfter(response),
                new IllegalStateException("the state service answered " + response.getStatusCode()));
    }

    /** What is wrong with a question, such as a cursor that is none, the caller can mend. */
    private Refused refused(ClientHttpResponse response) throws IOException {
        List<FieldViolation> violations = json.readTree(response.getBody())
                .at("/data/error/field_violations")
                .valueStream()
                .map(each -> new FieldViolation(
                        each.path("field").stringValue(""),
                        each.path("description").stringValue("")))
                .toList();
        return violations.isEmpty() ? unavailable(response) : Refused.invalid(violations);
    }

    private record Answer<T>(T data) {}

    private <T> T data(ClientHttpResponse response, Class<T> data) throws IOException {
        JavaType type = json.getTypeFactory().constructParametricType(Answer.class, data);
        try {
            Answer<T> answer = json.readValue(response.getBody(), type);
            return answer.data();
        } catch (JacksonException e) {
            throw Refused.unavailable("the state of wallets and boards cannot be read now", RETRY_AFTER, e);
        }
    }

    private static Duration retryAfter(ClientHttpResponse response) {
        String header = response.getHeaders().getFirst(HttpHeaders.RETRY_AFTER);
        boolean isSeconds = header != null && header.matches("[0-9]{1,4}");
        return isSeconds ? Duration.ofSeconds(Long.parseLong(header)) : RETRY_AFTER;
    }
}
