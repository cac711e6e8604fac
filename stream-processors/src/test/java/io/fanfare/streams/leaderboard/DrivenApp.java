package io.fanfare.streams.leaderboard;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.EntryKey;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.RankedQuery.ListAfter;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.streams.TopologyUnderTest;
import io.fanfare.streams.query.LocalState;
import io.fanfare.streams.runtime.StreamsApp;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.query.PositionBound;
import org.apache.kafka.streams.query.QueryConfig;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** A stream app of this package, fed with definitions and plays and asked for what became of them. */
final class DrivenApp implements AutoCloseable {

    private final SchemaRegistry registry = new InMemoryRegistry();
    private final TopologyUnderTest topology;

    DrivenApp(StreamsApp app, Path directory) {
        topology = new TopologyUnderTest(app, new SimpleMeterRegistry(), directory, registry);
    }

    String description() {
        return topology.description();
    }

    void configured(LeaderboardConfigured board) {
        String key =
                Topics.definitionKey(board.getTenantId(), "leaderboard", board.getLeaderboardId(), board.getRevision());
        topology.send(Topics.CONFIG, key, board);
    }

    void configured(String key, byte[] value) {
        topology.sendBytes(Topics.CONFIG, key, value);
    }

    void forgotten(String key) {
        topology.send(Topics.CONFIG, new TestRecord<>(key, null));
    }

    void played(PlayCompleted play) {
        topology.send(Topics.PLAYS, Topics.playerKey(play.getTenantId(), play.getPlayerId()), play);
    }

    void played(String key, byte[] value) {
        topology.sendBytes(Topics.PLAYS, key, value);
    }

    byte[] bytes(PlayCompleted play) {
        return new RecordWriter<>(Topics.PLAYS, registry).write(play);
    }

    List<String> ranking(String tenant) {
        var top = new ListAfter(tenant + "/" + Records.BOARD, BoardKey.ALL_TIME, null, 100);
        return entries().query(top, PositionBound.unbounded(), new QueryConfig(false)).getResult().stream()
                .map(OrderKey::player)
                .toList();
    }

    Optional<Entry> entry(String player) {
        return entry(Records.ACME, player);
    }

    Optional<Entry> entry(String tenant, String player) {
        return Optional.ofNullable(
                entries().get(new EntryKey(tenant + "/" + Records.BOARD, BoardKey.ALL_TIME, player)));
    }

    LocalState state(boolean isActive) {
        return topology.state(isActive);
    }

    List<DeadLetter> deadLetters() {
        return topology.deadLetters();
    }

    private KeyValueStore<EntryKey, Entry> entries() {
        return topology.store(LeaderboardsTopology.ENTRIES);
    }

    @Override
    public void close() {
        topology.close();
    }
}
