package io.fanfare.streams.leaderboard;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.BoardPlay;
import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.engine.leaderboard.LeaderboardHistory;
import io.fanfare.engine.leaderboard.LeaderboardId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.QueryableStoreType;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.StateStoreProvider;
import org.jspecify.annotations.Nullable;

/**
 * Every version of every board, decoded, in the memory of each instance: a global store that its processor fills. It is
 * not persistent, so Kafka Streams feeds it the whole topic on each start, before the first play is processed. Which
 * boards a play may count on is found by tenant and campaign, without looking at any other board.
 *
 * <p>One thread adds, all others read.
 */
final class BoardDefinitions implements StateStore {

    static final String NAME = "board-definitions";

    private final Map<BoardKey, LeaderboardHistory> boards = new ConcurrentHashMap<>();
    private final Map<Scope, Map<LeaderboardId, LeaderboardHistory>> byScope = new ConcurrentHashMap<>();
    private volatile boolean open;

    /** @param campaign null for boards that count plays of all campaigns */
    private record Scope(TenantId tenant, @Nullable CampaignId campaign) {}

    void add(Leaderboard version) {
        var key = new BoardKey(version.tenant(), version.id());
        LeaderboardHistory known = boards.get(key);
        LeaderboardHistory history = known == null ? LeaderboardHistory.of(version) : known.with(version);
        boards.put(key, history);
        for (Leaderboard each : history.versions()) {
            byScope.computeIfAbsent(new Scope(each.tenant(), each.campaign()), _ -> new ConcurrentHashMap<>())
                    .put(each.id(), history);
        }
    }

    Optional<LeaderboardHistory> find(BoardKey key) {
        return Optional.ofNullable(boards.get(key));
    }

    /** The versions that count this play: of each board the one in force when it happened. */
    List<Leaderboard> counting(BoardPlay play) {
        var candidates = new LinkedHashMap<>(inScope(new Scope(play.tenant(), null)));
        if (play.campaign() != null) {
            candidates.putAll(inScope(new Scope(play.tenant(), play.campaign())));
        }
        return candidates.values().stream()
                .flatMap(history -> history.counting(play).stream())
                .toList();
    }

    private Map<LeaderboardId, LeaderboardHistory> inScope(Scope scope) {
        return byScope.getOrDefault(scope, Map.of());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        boards.clear();
        byScope.clear();
        context.register(root, (_, _) -> {
            throw new IllegalStateException("definitions come through their processor, on restoration too");
        });
        open = true;
    }

    @Override
    public void close() {
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /** How a topology gets its store. */
    static final class Builder implements StoreBuilder<BoardDefinitions> {

        @Override
        public BoardDefinitions build() {
            return new BoardDefinitions();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public StoreBuilder<BoardDefinitions> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<BoardDefinitions> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<BoardDefinitions> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("the topic of definitions is the log");
        }

        @Override
        public StoreBuilder<BoardDefinitions> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }
    }

    /** How a query gets the store of this instance. */
    static final class Queryable implements QueryableStoreType<BoardDefinitions> {

        @Override
        public boolean accepts(StateStore store) {
            return store instanceof BoardDefinitions;
        }

        @Override
        public BoardDefinitions create(StateStoreProvider provider, String storeName) {
            return provider.stores(storeName, this).getFirst();
        }
    }
}
