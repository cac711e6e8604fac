package io.fanfare.edge.answer;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.observation.ServerRequestObservationContext;

/** Counts answers by the reason they give, beside route, method and status. */
final class ReasonInMetrics extends DefaultServerRequestObservationConvention {

    private static final KeyValue NONE = KeyValue.of("reason", "none");

    @Override
    public KeyValues getLowCardinalityKeyValues(ServerRequestObservationContext context) {
        return super.getLowCardinalityKeyValues(context).and(reason(context.getCarrier()));
    }

    private static KeyValue reason(@Nullable HttpServletRequest request) {
        return request != null && request.getAttribute(RefusalWriter.REASON_ATTRIBUTE) instanceof String name
                ? KeyValue.of("reason", name)
                : NONE;
    }
}
