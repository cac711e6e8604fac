package io.fanfare.play;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fanfare.edge.HttpProbe;
import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.events.WalletCommand;
import io.fanfare.play.relay.RelayWatch;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Dialect;
import io.fanfare.store.EmbeddedMariaDb;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.outbox.HeardHeartbeats;
import io.fanfare.store.outbox.RelayState;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.RewardExpiry;
import io.fanfare.store.prize.RewardReminders;
import io.fanfare.store.redemption.Redemptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;

/**
 * The API on a real database, in development mode, started once for all tests that want it on that one. What is not part of it is
 * played by fakes.
 */
public final class RunningApi {

    private static final AtomicInteger TENANTS = new AtomicInteger();
    private static final String BUT_HEARTBEATS = " where aggregatetype not like 'fanfare.relay-heartbeats.%'";

    public final HttpProbe http;
    public final JdbcClient jdbc;
    public final MovableClock clock;
    public final FakeState state;
    /** Another instance of it, which cannot answer unless a test makes it. */
    public final FakeState otherState;

    public final FakeWallets wallets;

    private final ConfigurableApplicationContext context;
    public final AtomicReference<RelayState> relay = new AtomicReference<>(new RelayState.Healthy(Duration.ZERO));

    /** A database server with nothing in it. */
    private record Server(String url, String user) {

        static Server postgres() throws IOException {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    .setServerConfig("max_connections", "60")
                    .start();
            return new Server(postgres.getJdbcUrl("postgres", "postgres"), "postgres");
        }

        static Server mariaDb() {
            EmbeddedMariaDb mariaDb = EmbeddedMariaDb.start();
            JdbcClient.create(new DriverManagerDataSource(mariaDb.jdbcUrl(""), EmbeddedMariaDb.USER, ""))
                    .sql("create database fanfare")
                    .update();
            return new Server(mariaDb.jdbcUrl("fanfare"), EmbeddedMariaDb.USER);
        }
    }

    /** Started by whoever needs it first. It ends with the JVM, and the database with it. */
    private static final class OnPostgres {
        private static final RunningApi API = on(RunningApi.Server::postgres);
    }

    /** As {@link OnPostgres}. */
    private static final class OnMariaDb {
        private static final RunningApi API = on(RunningApi.Server::mariaDb);
    }

    private interface StartedServer {
        Server start() throws IOException;
    }

    private RunningApi(Server database) throws IOException {
        this.clock = new MovableClock();
        this.state = new FakeState();
        this.otherState = new FakeState();
        otherState.fails(503);
        this.context = context(database);
        this.jdbc = JdbcClient.create(context.getBean(DataSource.class));
        this.http = new HttpProbe(context);
        this.wallets = new FakeWallets(context.getBean(Database.class));
        wallets.start();
    }

    private static RunningApi on(StartedServer server) {
        try {
            return new RunningApi(server.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that most tests share: on PostgreSQL. */
    public static RunningApi shared() {
        return OnPostgres.API;
    }

    /** One on each database, for {@link OnEveryDatabase}. */
    static Stream<RunningApi> onEveryDatabase() {
        return Stream.of(OnPostgres.API, OnMariaDb.API);
    }

    /** Names the tests that run on it. */
    @Override
    public String toString() {
        return dialect().toString();
    }

    Dialect dialect() {
        return database().dialect();
    }

    private ConfigurableApplicationContext context(Server database) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("server.port", 0);
        properties.put("fanfare.dev-mode", true);
        properties.put("fanfare.db.url", database.url());
        properties.put("fanfare.db.user", database.user());
        properties.put("spring.datasource.hikari.leak-detection-threshold", 2000);
        properties.put("fanfare.state.url", state.url() + "," + otherState.url());
        return PlayApi.application()
                .initializers(context -> {
                    var beans = (GenericApplicationContext) context;
                    beans.registerBean(SchemaRegistry.class, InMemoryRegistry::new);
                    beans.registerBean(Clock.class, () -> clock);
                    beans.registerBean(RelayWatch.class, () -> relay::get);
                    beans.registerBean(HeardHeartbeats.class, () -> Optional::empty);
                })
                .run(PlayApi.arguments(properties));
    }

    /** A tenant that nobody else has touched. */
    public Tenant newTenant() {
        return new Tenant("tenant_" + TENANTS.incrementAndGet());
    }

    /** For tests that speak for the wallets app. */
    public Redemptions redemptions() {
        return context.getBean(Redemptions.class);
    }

    /** For tests that play the granter. */
    public Granting granting() {
        return context.getBean(Granting.class);
    }

    /** What the database keeps of a wallet's command. */
    public WalletCommand command(String tenant, UUID id) {
        return jdbc.sql("select payload from wallet_command where tenant_id = ? and command_id = ?")
                .param(tenant)
                .param(id)
                .query((row, _) -> new RecordReader<>(Topics.WALLET_COMMANDS, context.getBean(SchemaRegistry.class))
                        .read(row.getBytes("payload")))
                .single();
    }

    /** For tests in which two things happen at the same time. */
    public Database database() {
        return context.getBean(Database.class);
    }

    /** As {@link #database}. */
    public Prizes prizes() {
        return context.getBean(Prizes.class);
    }

    /** As {@link #database}. */
    public Campaigns campaigns() {
        return context.getBean(Campaigns.class);
    }

    /** What is done again and again, as {@code class.method}. */
    public List<String> upkeep() {
        return context.getBeansOfType(ScheduledTaskHolder.class).values().stream()
                .flatMap(holder -> holder.getScheduledTasks().stream())
                .map(ScheduledTask::toString)
                .toList();
    }

    /** How many rows each table holds, heartbeats left out: they come whatever a test does. */
    public SortedMap<String, Long> rows() {
        // What another test left overdue would expire in the meantime, or be told of.
        context.getBean(RewardExpiry.class).sweep(1_000);
        context.getBean(RewardReminders.class).sweep(1_000);
        String tablesOfIt = switch (dialect()) {
            case POSTGRESQL -> """
                            select c.relname from pg_class c
                            join pg_namespace n on n.oid = c.relnamespace
                            where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
                                and c.relname not in ('fanfare_schema_history', 'relay_mark')
                            """;
            case MARIADB -> """
                            select table_name from information_schema.tables
                            where table_schema = database() and table_type = 'BASE TABLE'
                                and table_name <> 'fanfare_schema_history'
                            """;
        };
        List<String> tables =
                jdbc.sql(tablesOfIt).query((row, _) -> row.getString(1)).list();
        var rows = new TreeMap<String, Long>();
        tables.forEach(table -> rows.put(
                table,
                jdbc.sql("select count(*) from " + table + (table.equals("outbox") ? BUT_HEARTBEATS : ""))
                        .query(Long.class)
                        .single()));
        return rows;
    }

    /** Requests of one tenant's people. */
    public final class Tenant {

        public final String id;

        private Tenant(String id) {
            this.id = id;
        }

        public Answer asAdmin(String method, String path, String body) {
            return send(method, path, body, "X-Roles", "admin");
        }

        public Answer asMachine(String method, String path, String body, String key) {
            return send(method, path, body, "X-Roles", "machine", "Idempotency-Key", key);
        }

        public Answer as(String roles, String method, String path, String body) {
            return send(method, path, body, "X-Roles", roles);
        }

        /** Of one merchant of the tenant. */
        public Answer asMerchantsAdmin(String merchant, String method, String path, String body) {
            return send(method, path, body, "X-Merchant-Id", merchant, "X-Roles", "admin");
        }

        public Answer asPlayer(String player, String method, String path, String body, String... headers) {
            String[] all = new String[headers.length + 2];
            all[0] = "X-Player-Id";
            all[1] = player;
            System.arraycopy(headers, 0, all, 2, headers.length);
            return send(method, path, body, all);
        }

        public Answer asGuest(String method, String path, String body, String... headers) {
            return send(method, path, body, headers);
        }

        /** A table, as an admin. */
        public Answer sendTable(String path, String csv) {
            return http.send(
                    "POST",
                    "/api/v1" + path,
                    BodyPublishers.ofString(csv),
                    "X-Tenant-Id",
                    id,
                    "X-Roles",
                    "admin",
                    "Content-Type",
                    "text/csv");
        }

        private Answer send(String method, String path, String body, String... headers) {
            String[] all = new String[headers.length + 4];
            all[0] = "X-Tenant-Id";
            all[1] = id;
            all[2] = "Content-Type";
            all[3] = "application/json";
            System.arraycopy(headers, 0, all, 4, headers.length);
            return http.send(method, "/api/v1" + path, BodyPublishers.ofString(body), all);
        }

        /** The id of what was created, from the given field. */
        public String create(String path, String body, String idField) {
            Answer created = asAdmin("POST", path, body);
            if (created.status() != 201) {
                throw new AssertionError(created.raw().body());
            }
            return requireNonNull(created.data().path(idField).stringValue());
        }

        /** As after a crash that came between what requests have changed and the keeping of their answers. */
        public void forgetAnswers() {
            jdbc.sql("delete from idempotency_key where tenant_id = ?")
                    .param(id)
                    .update();
        }

        public String pointsPrize(long value) {
            return create(
                    "/admin/prizes",
                    "{\"name\":\"points\",\"type\":\"points\",\"value\":%d}".formatted(value),
                    "prize_id");
        }

        /** A wheel that always wins this prize. */
        public String wheelOf(String prize, String rules) {
            return create("/admin/games", """
                    {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "camp_1", "rules": %s,
                     "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 3}]}}""".formatted(rules, prize), "game_id");
        }

        public String startedBy(String player, String game) {
            Answer started = asPlayer(player, "POST", "/games/%s/start".formatted(game), "{}");
            return requireNonNull(started.data().path("session_id").stringValue());
        }

        public Answer play(String player, String game, String session, String... headers) {
            return asPlayer(
                    player,
                    "POST",
                    "/games/%s/play".formatted(game),
                    "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session),
                    headers);
        }
    }

    /** A clock that goes with the real one until it is told to jump. */
    public static final class MovableClock extends Clock {

        private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

        public void jump(Duration by) {
            ahead.updateAndGet(by::plus);
        }

        @Override
        public Instant instant() {
            return Clock.systemUTC().instant().plus(ahead.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }
    }

    /** Plays the service that holds the state: gives the answers it was told to, and remembers what it was asked. */
    public static final class FakeState {

        private final HttpServer server;
        private final AtomicReference<Reply> reply = new AtomicReference<>(new Reply(404, "{}"));
        public final AtomicReference<String> asked = new AtomicReference<>("");
        /** Whatever it was asked since it began. */
        public final List<String> all = new CopyOnWriteArrayList<>();

        public final AtomicReference<String> authorization = new AtomicReference<>("");

        private final Queue<HttpExchange> unanswered = new ConcurrentLinkedQueue<>();

        private static final int NO_ANSWER = 0;

        private record Reply(int status, String body) {}

        FakeState() throws IOException {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/state/v1", exchange -> {
                asked.set(exchange.getRequestURI().toString());
                all.add(exchange.getRequestURI().toString());
                authorization.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                Reply now = reply.get();
                if (now.status() == NO_ANSWER) {
                    unanswered.add(exchange);
                    return;
                }
                byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(now.status(), body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
        }

        String url() {
            return "http://127.0.0.1:" + server.getAddress().getPort();
        }

        /** From now on it says this. */
        public void says(String data) {
            reply.set(new Reply(200, "{\"code\":0,\"message\":\"ok\",\"trace_id\":\"t\",\"data\":" + data + "}"));
        }

        public void refuses(String field, String description) {
            reply.set(new Reply(400, """
                    {"code": 3, "message": "no", "trace_id": "t", "data": {"error": {"reason": "VALIDATION_FAILED",
                     "field_violations": [{"field": "%s", "description": "%s"}]}}}""".formatted(field, description)));
        }

        /** From now on it takes every question and never answers. */
        public void keepsSilent() {
            reply.set(new Reply(NO_ANSWER, ""));
        }

        /** Hangs up on all whom it has kept waiting. */
        public void hangsUp() {
            for (HttpExchange kept = unanswered.poll(); kept != null; kept = unanswered.poll()) {
                kept.close();
            }
        }

        public void fails(int status) {
            reply.set(new Reply(status, "{}"));
        }
    }
}
