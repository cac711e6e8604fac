package io.fanfare.worker.integration;

import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.NewDelivery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told of what. */
final class FanOut {

    private FanOut() {}

    /**
     * One delivery for each event and each integration that subscribes to it in its scope and was there when it happened.
     *
     * @param active integrations of the tenant of the events
     * @param traceparent of what caused the events; null where it has none
     */
    static List<NewDelivery> deliveries(
            List<PlatformEvent> events, List<Integration> active, @Nullable String traceparent) {
        var deliveries = new ArrayList<NewDelivery>();
        for (PlatformEvent event : events) {
            for (Integration integration : active) {
                if (isToldOf(event, integration)) {
                    deliveries.add(new NewDelivery(
                            event.tenant(), integration.id(), event.id(), event.type(), event.body(), traceparent));
                }
            }
        }
        return deliveries;
    }

    private static boolean isToldOf(PlatformEvent event, Integration integration) {
        return integration.tenant().equals(event.tenant())
                && integration.wants(event.type(), event.merchant(), event.campaign())
                && integration.existedAt(event.occurredAt());
    }
}
