package io.fanfare.streams.leaderboard;

import io.fanfare.streams.runtime.RunningApp;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;

/** The slices that this instance owns, and the definitions, which every instance has. */
@Component
final class LocalSlices {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSlices.class);

    private final RunningApp app;

    LocalSlices(@Qualifier("leaderboards") RunningApp app) {
        this.app = app;
    }

    /** The answer for those slices that are whole and owned here at this moment, maybe none. */
    <A> SliceAnswer<A> ask(SliceQuestion<A> question) {
        Map<Integer, A> answers = new TreeMap<>();
        for (var result : results(question).entrySet()) {
            if (result.getValue().isSuccess()) {
                answers.put(result.getKey(), result.getValue().getResult());
            }
        }
        return new SliceAnswer<>(
                answers.keySet().stream().toList(),
                question.merged(answers.values().stream().toList()));
    }

    /** The definitions, once all of them have been read. */
    Optional<BoardDefinitions> definitions() {
        try {
            return app.streams()
                    .map(streams -> streams.store(StoreQueryParameters.fromNameAndType(
                            BoardDefinitions.NAME, new BoardDefinitions.Queryable())));
        } catch (InvalidStateStoreException | IllegalStateException e) {
            LOG.debug("the definitions cannot be read now", e);
            return Optional.empty();
        }
    }

    private <A> Map<Integer, QueryResult<A>> results(SliceQuestion<A> question) {
        Optional<KafkaStreams> streams = app.streams();
        if (streams.isEmpty()) {
            return Map.of();
        }
        try {
            return streams.get()
                    .query(StateQueryRequest.inStore(LeaderboardsTopology.ENTRIES)
                            .withQuery(question.inStore())
                            .requireActive())
                    .getPartitionResults();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            LOG.debug("the slices cannot be read now", e);
            return Map.of();
        }
    }
}
