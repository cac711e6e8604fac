package io.fanfare.worker.granting;

import io.fanfare.edge.topic.DeadLetters.Poison;
import io.fanfare.edge.topic.Received;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.store.granting.Earned;
import io.fanfare.store.granting.Grant;
import io.fanfare.store.granting.Granting;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Grants what stream apps have found earned: they decide, it mints.
 *
 * @param <V> what they tell
 */
final class Granter<V> implements RecordHandler<V> {

    private static final Logger LOG = LoggerFactory.getLogger(Granter.class);

    private final Function<Received<V>, Earned> earned;
    private final Granting granting;
    private final MeterRegistry meters;

    /** @param earned what a record earns; throws IllegalArgumentException where it says what cannot be */
    Granter(Function<Received<V>, Earned> earned, Granting granting, MeterRegistry meters) {
        this.earned = earned;
        this.granting = granting;
        this.meters = meters;
    }

    @Override
    public List<Poison> handle(List<Received<V>> records) {
        var poison = new ArrayList<Poison>();
        for (Received<V> record : records) {
            try {
                grant(earned.apply(record));
            } catch (IllegalArgumentException e) {
                poison.add(new Poison(record.source(), e));
            }
        }
        return poison;
    }

    private void grant(Earned what) {
        switch (granting.grant(what)) {
            case Grant.Granted _ -> count("granted");
            case Grant.GrantedBefore _ -> count("granted_before");
            case Grant.Unawarded unawarded -> {
                count("unawarded");
                LOG.warn("{} could not be awarded to {}: {}", what.prize(), what.key(), unawarded.why());
            }
            case Grant.Unknown unknown ->
                throw new IllegalArgumentException(
                        "there is no game %s, or no prize %s".formatted(unknown.game(), unknown.prize()));
        }
    }

    private void count(String outcome) {
        meters.counter("awards", "outcome", outcome).increment();
    }
}
