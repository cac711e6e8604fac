package io.fanfare.worker.integration;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.edge.topic.Received;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.NewDelivery;
import io.fanfare.store.integration.WebhookDeliveries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.springframework.dao.DataIntegrityViolationException;

/** Turns facts into deliveries. */
final class EventFanOut<V> implements RecordHandler<V> {

    private final Function<V, List<PlatformEvent>> meaning;
    private final Integrations integrations;
    private final WebhookDeliveries deliveries;
    private final Runnable onNewDeliveries;

    private record Told<V>(Received<V> source, List<PlatformEvent> events) {
        TenantId tenant() {
            return events.getFirst().tenant();
        }
    }

    /**
     * @param meaning the events of a fact, none where it means nothing to the outside; throws IllegalArgumentException where it
     *     breaks a rule of the platform
     * @param onNewDeliveries called when new rows were committed, on the thread of the subscription
     */
    EventFanOut(
            Function<V, List<PlatformEvent>> meaning,
            Integrations integrations,
            WebhookDeliveries deliveries,
            Runnable onNewDeliveries) {
        this.meaning = meaning;
        this.integrations = integrations;
        this.deliveries = deliveries;
        this.onNewDeliveries = onNewDeliveries;
    }

    @Override
    public List<Poison> handle(List<Received<V>> records) {
        var poison = new ArrayList<Poison>();
        List<Told<V>> told = told(records, poison);
        Map<TenantId, List<Integration>> active =
                told.stream().map(Told::tenant).distinct().collect(toMap(identity(), integrations::active));
        // In the order of the topic, which is the order in which endpoints are told.
        var byFact = new LinkedHashMap<Told<V>, List<NewDelivery>>();
        for (Told<V> fact : told) {
            try {
                List<Integration> ofTenant = active.getOrDefault(fact.tenant(), List.of());
                byFact.put(
                        fact,
                        FanOut.deliveries(fact.events(), ofTenant, fact.source().traceparent()));
            } catch (IllegalArgumentException e) {
                poison.add(new Poison(fact.source().source(), e));
            }
        }
        if (store(byFact, poison) > 0) {
            onNewDeliveries.run();
        }
        return poison;
    }

    private List<Told<V>> told(List<Received<V>> records, List<Poison> poison) {
        var told = new ArrayList<Told<V>>();
        for (Received<V> record : records) {
            try {
                List<PlatformEvent> events = meaning.apply(record.value());
                if (!events.isEmpty()) {
                    told.add(new Told<>(record, events));
                }
            } catch (IllegalArgumentException e) {
                poison.add(new Poison(record.source(), e));
            }
        }
        return told;
    }

    /** All in one transaction; where the database finds one of them impossible, fact by fact, to find out which. */
    private int store(Map<Told<V>, List<NewDelivery>> byFact, List<Poison> poison) {
        try {
            return deliveries.add(byFact.values().stream().flatMap(List::stream).toList());
        } catch (DataIntegrityViolationException _) {
            int added = 0;
            for (var fact : byFact.entrySet()) {
                try {
                    added += deliveries.add(fact.getValue());
                } catch (DataIntegrityViolationException e) {
                    poison.add(new Poison(fact.getKey().source().source(), e));
                }
            }
            return added;
        }
    }
}
