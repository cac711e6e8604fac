package io.fanfare.play.relay;

import io.fanfare.edge.error.Refused;
import io.fanfare.store.outbox.RelayState;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses to write while the relay is too far behind, so that a peak cannot fill the log until the relay's place in it is
 * lost. What only asks, whatever its method, is answered. Where it has no place there is nothing to lose: what is written waits in the outbox and is published from there.
 */
final class BackPressure implements HandlerInterceptor {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final RelayWatch relay;

    BackPressure(RelayWatch relay) {
        this.relay = relay;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!READING.contains(request.getMethod()) && !isWithoutFacts(handler)) {
            requireRelay();
        }
        return true;
    }

    private static boolean isWithoutFacts(Object handler) {
        return handler instanceof HandlerMethod route && route.hasMethodAnnotation(NothingToPublish.class);
    }

    private void requireRelay() {
        switch (relay.state()) {
            case RelayState.Behind(Duration lag) ->
                throw Refused.unavailable(
                        "events are published %d s late; nothing is accepted until that is better"
                                .formatted(lag.toSeconds()),
                        RETRY_AFTER);
            case RelayState.InDanger(Duration _, long bytesLeft) ->
                throw Refused.unavailable(
                        "unpublished events fill the log, %d MB are left; nothing is accepted until that is better"
                                .formatted(Math.max(0, bytesLeft >> 20)),
                        RETRY_AFTER);
            case RelayState.Healthy _,
                    RelayState.Unattended _,
                    RelayState.SlotLost _,
                    RelayState.NoSlot _,
                    RelayState.Unheard _ -> {}
        }
    }
}
