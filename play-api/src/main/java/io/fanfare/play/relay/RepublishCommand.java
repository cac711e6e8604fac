package io.fanfare.play.relay;

import com.zaxxer.hikari.HikariDataSource;
import io.fanfare.edge.topic.HeartbeatTopic;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.outbox.HeardHeartbeats;
import io.fanfare.store.outbox.HeartbeatLag;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.outbox.RelayLag;
import io.fanfare.store.outbox.RelayPosition;
import io.fanfare.store.outbox.RelayState;
import io.fanfare.store.outbox.Republishing;
import io.fanfare.store.outbox.Republishing.Retained;
import io.fanfare.store.outbox.Republishing.Selection;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The program behind {@code ./fanfare republish}: tells the topics again what the outbox retains, or what is defined. Exit codes:
 * 0 it is on its topics, 1 it is not (the reason is on the console), 2 not understood.
 */
public final class RepublishCommand {

    /** Well below the bound at which the API begins to refuse: who plays goes first. */
    private static final Duration MAX_LAG = Duration.ofSeconds(15);

    private static final Duration RELAY_PATIENCE = Duration.ofMinutes(5);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Database database;
    private final Republishing republishing;
    private final Definitions definitions;
    private final HeardHeartbeats heartbeats;
    private final RelayWatch relay;
    private final PrintStream progress;

    private RepublishCommand(
            Database database,
            SchemaRegistry registry,
            HeardHeartbeats heartbeats,
            RelayWatch relay,
            PrintStream progress) {
        this.database = database;
        this.heartbeats = heartbeats;
        this.relay = relay;
        var outbox = new Outbox(database, registry);
        this.republishing = new Republishing(database, outbox);
        this.definitions = Definitions.of(database, outbox);
        this.progress = progress;
    }

    /**
     * What came of it.
     *
     * @param byTopic facts that were, or would be, written for each topic
     * @param oldest when the oldest fact that is retained was written; null where that plays no part or there is none
     */
    private record Outcome(
            SortedMap<String, Long> byTopic, @Nullable Instant oldest) {

        long facts() {
            return byTopic.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** See the class. */
    public static void main(String[] words) throws InterruptedException {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "io/fanfare/play/relay/logback.xml");
        System.exit(
                switch (RepublishArguments.parse(List.of(words), Instant.now())) {
                    case RepublishArguments.Run run -> run(run, System.getenv(), System.out, System.err);
                    case RepublishArguments.Refused(String reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                });
    }

    static int run(RepublishArguments.Run run, Map<String, String> environment, PrintStream out, PrintStream err)
            throws InterruptedException {
        try {
            var target = RepublishTarget.of(run.data(), environment);
            try (var connections = connections(target)) {
                // The program is of the platform's own version, or it would write what that does not know.
                if (!new Migrations(connections).areComplete()) {
                    throw new IOException("the database is not of this version; let the platform start first");
                }
                Outcome outcome = republish(run, target, Database.over(connections), run.json() ? err : out);
                out.println(run.json() ? json(run, outcome) : summary(run, outcome));
                return 0;
            }
        } catch (IOException | DataAccessException | SchemaRegistry.RegistryUnavailable | IllegalStateException e) {
            err.println("could not be published again: " + e.getMessage());
            return 1;
        }
    }

    private static HikariDataSource connections(RepublishTarget target) {
        var connections = new HikariDataSource();
        connections.setJdbcUrl(target.jdbcUrl());
        connections.setUsername(target.user());
        connections.setPassword(target.password());
        // One reads, one writes, one asks how the relay is doing.
        connections.setMaximumPoolSize(3);
        connections.setMinimumIdle(0);
        connections.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        return connections;
    }

    private static Outcome republish(
            RepublishArguments.Run run, RepublishTarget target, Database database, PrintStream progress) {
        var registry = new ConfluentRegistry(target.registry());
        return switch (database.dialect()) {
            case POSTGRESQL -> {
                var lag = new RelayLag(database, RelayLag.SLOT, MAX_LAG);
                yield new RepublishCommand(database, registry, Optional::empty, lag::state, progress).republish(run);
            }
            case MARIADB -> {
                try (var heartbeats = HeartbeatTopic.opened(target.bootstrap(), List.of(RelaySettings.HEARTBEATS))) {
                    var lag = new HeartbeatLag(database, heartbeats::latest, MAX_LAG);
                    yield new RepublishCommand(database, registry, heartbeats::latest, lag::state, progress)
                            .republish(run);
                }
            }
        };
    }

    private Outcome republish(RepublishArguments.Run run) {
        Instant since = run.since();
        Outcome outcome = since == null ? definitions(run) : retained(run, since);
        if (!run.dryRun() && outcome.facts() > 0) {
            awaitRelay(outcome);
        }
        return outcome;
    }

    private Outcome retained(RepublishArguments.Run run, Instant since) {
        var selection = new Selection(since, run.tenant());
        Retained retained = republishing.retained(selection);
        Instant oldest = retained.oldest().orElse(null);
        say("since %s: %d facts".formatted(since, retained.facts()));
        if (oldest != null && oldest.isAfter(since)) {
            say("the outbox retains nothing from before %s".formatted(oldest.truncatedTo(ChronoUnit.SECONDS)));
        }
        return new Outcome(
                run.dryRun() ? retained.byTopic() : republishing.again(selection, paced(retained.facts())), oldest);
    }

    private Outcome definitions(RepublishArguments.Run run) {
        TenantId only = run.tenant();
        var byTopic = new TreeMap<String, Long>();
        for (TenantId tenant : only == null ? republishing.tenants() : List.of(only)) {
            List<OutboxEvent<?>> facts = definitions.facts(tenant);
            say("%s: %d definitions".formatted(tenant.value(), facts.size()));
            facts.forEach(fact -> byTopic.merge(fact.topic().name(), 1L, Math::addExact));
            if (!run.dryRun()) {
                republishing.again(facts, paced(facts.size()));
            }
        }
        return new Outcome(byTopic, null);
    }

    /** Says how far it is after each transaction, and holds the next one back while the relay is behind. */
    private LongConsumer paced(long total) {
        return written -> {
            say("  %d of %d".formatted(written, total));
            if (isOverloaded(relay.state())) {
                say("  waiting for the relay");
                await(() -> !isOverloaded(relay.state()), "%d of %d are written".formatted(written, total));
            }
        };
    }

    private static boolean isOverloaded(RelayState state) {
        return switch (state) {
            case RelayState.Behind _, RelayState.InDanger _ -> true;
            // Without a slot there is no log to be lost: the new one begins with all that the outbox holds.
            case RelayState.Healthy _,
                    RelayState.Unattended _,
                    RelayState.SlotLost _,
                    RelayState.NoSlot _,
                    RelayState.Unheard _ -> false;
        };
    }

    private void awaitRelay(Outcome outcome) {
        say("waiting until they are on their topics");
        await(
                new RelayPosition(database, RelayLag.SLOT, heartbeats).arrivalOfAllSoFar(),
                "all %d are in the outbox".formatted(outcome.facts()));
    }

    private static void await(BooleanSupplier condition, String soFar) {
        long deadline = System.nanoTime() + RELAY_PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the relay has not caught up within %d s; %s. See docs/relay.md"
                        .formatted(RELAY_PATIENCE.toSeconds(), soFar));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted; " + soFar, e);
            }
        }
    }

    private static String summary(RepublishArguments.Run run, Outcome outcome) {
        var lines = new StringBuilder();
        outcome.byTopic().forEach((topic, facts) -> lines.append("%8d  %s%n".formatted(facts, topic)));
        return lines
                + (run.dryRun()
                        ? "nothing was written"
                        : "%d facts are on their topics again".formatted(outcome.facts()));
    }

    private static String json(RepublishArguments.Run run, Outcome outcome) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("since", text(run.since()));
        fields.put("config", run.since() == null);
        fields.put("tenant", run.tenant() == null ? null : run.tenant().value());
        fields.put("dry_run", run.dryRun());
        fields.put("retained_since", text(outcome.oldest()));
        fields.put("topics", outcome.byTopic());
        fields.put("written", run.dryRun() ? 0 : outcome.facts());
        return JSON.writeValueAsString(fields);
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    private void say(String line) {
        progress.println(line);
    }
}
