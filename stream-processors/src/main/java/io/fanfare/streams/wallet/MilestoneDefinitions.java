package io.fanfare.streams.wallet;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Every version of the milestones of every game, in the memory of each instance: a global store that its processor fills. It is
 * not persistent, so Kafka Streams feeds it the whole topic on each start, before the first command is processed.
 *
 * <p>One thread adds, all others read.
 */
final class MilestoneDefinitions implements StateStore {

    static final String NAME = "milestone-definitions";

    private final Map<Scope, Map<GameId, List<GameMilestones>>> byScope = new ConcurrentHashMap<>();
    private final Map<TenantId, Map<GameId, List<GameMilestones>>> versions = new ConcurrentHashMap<>();
    private volatile boolean open;

    private record Scope(TenantId tenant, ScopeKey scope) {}

    void add(GameMilestones version) {
        Map<GameId, List<GameMilestones>> games =
                versions.computeIfAbsent(version.tenant(), _ -> new ConcurrentHashMap<>());
        List<GameMilestones> all = new ArrayList<>(games.getOrDefault(version.game(), List.of()));
        all.removeIf(known -> known.revision() == version.revision());
        all.add(version);
        all.sort(Comparator.comparingLong(GameMilestones::revision).reversed());
        List<GameMilestones> newestFirst = List.copyOf(all);
        games.put(version.game(), newestFirst);
        for (GameMilestones each : newestFirst) {
            byScope.computeIfAbsent(new Scope(each.tenant(), each.scope()), _ -> new ConcurrentHashMap<>())
                    .put(each.game(), newestFirst);
        }
    }

    /** The milestones that are granted unasked in a wallet, by the versions in force at a time. */
    List<GameMilestones> grantedIn(WalletId wallet, Instant at) {
        @Nullable Map<GameId, List<GameMilestones>> games = byScope.get(new Scope(wallet.tenant(), wallet.scope()));
        if (games == null) {
            return List.of();
        }
        List<GameMilestones> granted = new ArrayList<>();
        for (List<GameMilestones> newestFirst : games.values()) {
            newestFirst.stream()
                    .filter(version -> !version.effectiveAt().isAfter(at))
                    .findFirst()
                    .filter(version ->
                            version.isGrantedUnasked() && version.scope().equals(wallet.scope()))
                    .ifPresent(granted::add);
        }
        return granted;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        byScope.clear();
        versions.clear();
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
    static final class Builder implements StoreBuilder<MilestoneDefinitions> {

        @Override
        public MilestoneDefinitions build() {
            return new MilestoneDefinitions();
        }

        @Override
        public String name() {
            return NAME;
        }

        @Override
        public StoreBuilder<MilestoneDefinitions> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<MilestoneDefinitions> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<MilestoneDefinitions> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("the topic of definitions is the log");
        }

        @Override
        public StoreBuilder<MilestoneDefinitions> withLoggingDisabled() {
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
}
