package io.fanfare.ranked;

import static io.fanfare.ranked.OpenStore.ALL_TIME;
import static io.fanfare.ranked.OpenStore.BOARD;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.ranked.RankedQuery.FindPlacement;
import io.fanfare.ranked.RankedQuery.ListAfter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedStoreInATopologyTest {

    private static final QueryConfig PLAIN = new QueryConfig(false);

    @TempDir
    private Path directory;

    private TopologyTestDriver driver;

    @BeforeEach
    void start() {
        var topology = new Topology()
                .addSource("scores", new StringDeserializer(), new LongDeserializer(), "scores")
                .addProcessor("ranker", Ranker::new, "scores")
                .addStateStore(
                        RankedStores.builder("ranks")
                                .withLoggingEnabled(Map.of())
                                .withCachingDisabled(),
                        "ranker")
                .addSink("ranks", "ranks", new StringSerializer(), new LongSerializer(), "ranker");
        var config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "ranked-store-test");
        config.put(StreamsConfig.STATE_DIR_CONFIG, directory.toString());
        driver = new TopologyTestDriver(topology, config);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_processor_asks_for_the_rank_of_what_it_has_just_written() {
        var scores = driver.createInputTopic("scores", new StringSerializer(), new LongSerializer());
        var ranks = driver.createOutputTopic("ranks", new StringDeserializer(), new LongDeserializer());

        scores.pipeInput("ada", 10L);
        scores.pipeInput("grace", 5L);
        scores.pipeInput("linus", 20L);

        assertThat(ranks.readValuesToList()).containsExactly(1L, 2L, 1L);
    }

    @Test
    void an_interactive_query_goes_through_the_layers_of_the_store() {
        var scores = driver.createInputTopic("scores", new StringSerializer(), new LongSerializer());
        scores.pipeInput("ada", 10L);
        scores.pipeInput("grace", 15L);

        KeyValueStore<EntryKey, Entry> store = driver.getKeyValueStore("ranks");
        var top = store.query(new ListAfter(BOARD, ALL_TIME, null, 1), PositionBound.unbounded(), PLAIN);

        assertThat(top.getResult()).extracting(OrderKey::player).containsExactly("grace");
        assertThat(top.getPosition().getPartitionPositions("scores")).containsEntry(0, 1L);
    }

    @Test
    void a_store_that_has_not_seen_a_position_says_so() {
        var scores = driver.createInputTopic("scores", new StringSerializer(), new LongSerializer());
        scores.pipeInput("ada", 10L);
        var later = PositionBound.at(Position.fromMap(Map.of("scores", Map.of(0, 7L))));

        KeyValueStore<EntryKey, Entry> store = driver.getKeyValueStore("ranks");
        QueryResult<?> result = store.query(new ListAfter(BOARD, ALL_TIME, null, 1), later, PLAIN);

        assertThat(result.isFailure()).isTrue();
    }

    private static final class Ranker implements Processor<String, Long, String, Long> {

        private @Nullable ProcessorContext<String, Long> context;

        @Override
        public void init(ProcessorContext<String, Long> processorContext) {
            context = processorContext;
        }

        @Override
        public void process(Record<String, Long> score) {
            ProcessorContext<String, Long> current = requireNonNull(context);
            KeyValueStore<EntryKey, Entry> ranks = current.getStateStore("ranks");
            var key = new EntryKey(BOARD, ALL_TIME, score.key());
            ranks.put(key, new Entry(score.value(), score.timestamp(), 1, Entry.State.LIVE));
            long ahead = ranks.query(new FindPlacement(BOARD, ALL_TIME, score.key()), PositionBound.unbounded(), PLAIN)
                    .getResult()
                    .orElseThrow()
                    .ahead();
            current.forward(score.withValue(1 + ahead));
        }
    }
}
