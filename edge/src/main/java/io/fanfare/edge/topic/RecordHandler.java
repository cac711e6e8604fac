package io.fanfare.edge.topic;

import io.fanfare.edge.topic.DeadLetters.Poison;
import java.util.List;

/** What a subscription does with what it reads. Told the same record again, it changes nothing. */
@FunctionalInterface
public interface RecordHandler<V> {

    /**
     * Processes records, in the order in which they were read. Where it returns, their offsets are committed; where it throws, for
     * whatever reason, they come again after a pause.
     *
     * @return those that no retry can mend
     */
    List<Poison> handle(List<Received<V>> records);
}
