package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Check;
import io.fanfare.bench.verify.Report;
import io.fanfare.bench.verify.Target;
import io.fanfare.bench.verify.Verify;
import io.fanfare.events.PlayCompleted;
import io.fanfare.play.relay.RepublishCommand;
import io.fanfare.schemas.Topics;
import io.fanfare.standalone.Crowd.Acknowledged;
import io.fanfare.standalone.Web.Answer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the relay can lose is taken from it while a crowd plays, in every way that we know of. Afterwards everything that was
 * committed is on its topic, and what was told twice counted once.
 */
@Tag("without-the-shared-platform")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RelayRecoveryIT {

    private static final Logger LOG = LoggerFactory.getLogger(RelayRecoveryIT.class);
    private static final String TENANT = "relayed";
    private static final String CAMPAIGN = "camp_relayed";
    private static final String MAX_LAG = "fanfare.relay.max-lag";
    private static final int PLAYS = 60;
    private static final int ROUNDS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path folder;

    private final Ports ports = Ports.free();
    private final Addresses at = new Addresses(ports);
    private final RelayConnector connector = new RelayConnector(ports);
    private final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private DataDir dir;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Platform platform;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Crowd crowd;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Books books;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private String game;

    @BeforeAll
    void a_wheel_of_points_and_a_board() throws Exception {
        // A minute in production; nobody wants to wait that long here.
        System.setProperty(MAX_LAG, "10s");
        dir = DataDir.open(folder);
        platform = new Platform(Blueprint.of(dir, ports), Platform.Progress.silent());
        platform.start();
        String points = created("prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        game = created("games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [
                   {"prize_id": "%s", "probability": 0.7, "slot_index": 0},
                   {"prize_id": "", "probability": 0.3, "slot_index": 1}]}}""".formatted(CAMPAIGN, points));
        String board = created("leaderboards", "leaderboard_id", """
                {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(CAMPAIGN));
        long effectiveAt = admin().get("/api/v1/admin/leaderboards/" + board)
                .data()
                .path("effective_at")
                .asLong();
        eventually(System::currentTimeMillis, now -> now / 1000 > effectiveAt);
        crowd = new Crowd(at.api(), TENANT, game);
        books = new Books(at, TENANT, CAMPAIGN, board, crowd);
    }

    @AfterAll
    void everything_is_stopped() throws Exception {
        System.clearProperty(MAX_LAG);
        if (platform != null) {
            platform.stop();
            dir.close();
        }
    }

    /** Also after a test that failed: the next one would play with a crowd that grows, over a relay that stands still. */
    @AfterEach
    void the_crowd_is_gone_and_the_relay_runs() throws Exception {
        connector.resume();
        crowd.leaves();
    }

    @Test
    void when_the_slot_is_dropped_what_is_retained_is_told_again() throws Exception {
        crowd.enters();
        morePlaysArrive();
        long repeated = repeated();
        // Says that everything has been relayed, on the word of the old slot.
        owner().sql("insert into relay_mark (taken_at, lsn) values (now() + interval '1 hour', '0/1')")
                .update();

        new Outbox(at.jdbcUrl(), at.bootstrap()).dropSlot();
        morePlaysArrive();
        crowd.leaves();

        allIsWell();
        assertThat(repeated()).isGreaterThan(repeated);
        assertThat(owner().sql("select count(*) from relay_mark where lsn = '0/1'")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void a_slot_that_lost_its_log_is_dropped_by_the_guard_and_what_is_retained_is_told_again() throws Exception {
        crowd.enters();
        morePlaysArrive();
        long repeated = repeated();
        keepOfLog("'48MB'");
        try {
            connector.pause();
            // The guard may have dropped it before it is looked at.
            eventually(PATIENCE, this::slotAfterMoreLog, Set.of("lost", "none")::contains);

            connector.resume();
            long from = System.nanoTime();
            eventually(PATIENCE, this::slot, "reserved active"::equals);
            LOG.info("a new slot was read from after {} ms", millisSince(from));
        } finally {
            keepOfLog("default");
        }
        morePlaysArrive();
        crowd.leaves();

        allIsWell();
        assertThat(repeated()).isGreaterThan(repeated);
    }

    @Test
    void when_connect_forgets_its_offsets_what_is_retained_is_told_again() throws Exception {
        crowd.enters();
        morePlaysArrive();
        long repeated = repeated();

        // What is committed between reading the table and following the log must not slip through; it would not every
        // time.
        for (int round = 0; round < ROUNDS; round++) {
            connector.stop();
            connector.forgetOffsets();
            connector.resume();
            morePlaysArrive();
        }
        crowd.leaves();

        allIsWell();
        assertThat(repeated()).isGreaterThan(repeated);
    }

    @Test
    void while_the_relay_is_away_nothing_is_written_and_it_goes_on_when_it_is_back() throws Exception {
        crowd.enters();
        morePlaysArrive();

        connector.stop();
        HttpResponse<String> refusal = eventually(PATIENCE, this::start, answer -> answer.statusCode() == 503);
        assertThat(refusal.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(reason(refusal)).isEqualTo("UNAVAILABLE");
        // Those that were under way when it began to refuse are through when nothing has been added for a moment.
        long written = eventually(this::writtenMeanwhile, change -> change.added() == 0)
                .total();
        for (int i = 0; i < 20; i++) {
            assertThat(start().statusCode()).isEqualTo(503);
        }
        assertThat(rows()).isEqualTo(written);
        assertThat(slot()).isEqualTo("reserved");
        Answer ready = at.api().get("/readyz");
        assertThat(ready.status()).isEqualTo(200);
        assertThat(ready.data().path("checks").path("relay").asString()).startsWith("warning: behind");

        connector.resume();
        morePlaysArrive();
        crowd.leaves();

        allIsWell();
        eventually(
                () -> at.api()
                        .get("/readyz")
                        .data()
                        .path("checks")
                        .path("relay")
                        .asString(),
                "ready"::equals);
    }

    @Test
    void what_an_operator_publishes_again_counts_once() throws Exception {
        crowd.enters();
        morePlaysArrive();
        long repeated = repeated();

        JsonNode facts = republished("--since", "1h", "--tenant", TENANT);
        JsonNode definitions = republished("--config");
        morePlaysArrive();
        crowd.leaves();

        assertThat(facts.path("written").asLong())
                .isEqualTo(facts.path("topics")
                        .valueStream()
                        .mapToLong(JsonNode::asLong)
                        .sum())
                .isGreaterThan(PLAYS);
        assertThat(definitions.path("topics").path(Topics.CONFIG.name()).asLong())
                .isEqualTo(definitions.path("written").asLong())
                .isGreaterThanOrEqualTo(3);
        assertThat(repeated() - repeated)
                .isGreaterThanOrEqualTo(
                        facts.path("topics").path(Topics.PLAYS.name()).asLong());
        allIsWell();
    }

    private void allIsWell() throws Exception {
        Report report = verified();
        LOG.info("\n{}", report.table());
        assertThat(report.checks()).as("%s", report.table()).allMatch(Check::passed);
        books.everyPlayIsAFactOnce();
        books.everyCreditIsBookedOnce();
        books.everyPlayIsRanked();
        books.nothingIsADeadLetter();
    }

    private Report verified() throws Exception {
        Path acks = folder.resolve("acks.jsonl");
        Files.write(
                acks,
                crowd.playsByPlayer().values().stream()
                        .flatMap(List::stream)
                        .map(RelayRecoveryIT::line)
                        .toList());
        var target = new Target(
                at.jdbcUrl(),
                DurablePostgres.USER,
                DurablePostgres.PASSWORD,
                at.bootstrap(),
                at.registry(),
                at.streams().base());
        return new Verify(target, null, PATIENCE).run(Optional.of(acks));
    }

    private static String line(Acknowledged play) {
        return "{\"tenant\": \"%s\", \"player\": \"%s\", \"play_id\": \"%s\", \"idempotency_key\": \"%s\", \"rewards\": %s}"
                .formatted(
                        TENANT,
                        play.request().player(),
                        play.playId(),
                        play.request().key(),
                        play.data().path("rewards"));
    }

    /** How many records of plays tell what an earlier one told. */
    private long repeated() {
        List<ConsumerRecord<String, PlayCompleted>> plays = at.topics().records(Topics.PLAYS);
        long told = plays.stream()
                .map(record -> new String(record.headers().lastHeader("ce_id").value(), StandardCharsets.UTF_8))
                .distinct()
                .count();
        return plays.size() - told;
    }

    private JsonNode republished(String... arguments) throws Exception {
        var words = new ArrayList<>(List.of(arguments));
        words.add("--json");
        Path out = folder.resolve("republish.json");
        Path err = folder.resolve("republish.log");
        ProcessBuilder program = OwnProcess.java(RepublishCommand.class, words.toArray(String[]::new))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        program.environment().put("FANFARE_DB_URL", at.jdbcUrl());
        program.environment().put("FANFARE_REGISTRY_URL", at.registry().toString());
        int code = program.start().waitFor();
        LOG.info("{}{}", Files.readString(err), Files.readString(out));
        assertThat(code).as(Files.readString(err)).isZero();
        return JSON.readTree(Files.readString(out));
    }

    private HttpResponse<String> start() throws Exception {
        URI uri = at.api().base().resolve("/api/v1/games/" + game + "/start");
        return http.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", "application/json")
                        .header("X-Tenant-Id", TENANT)
                        .header("X-Player-Id", "alan")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String reason(HttpResponse<String> answer) {
        return JSON.readTree(answer.body())
                .path("data")
                .path("error")
                .path("reason")
                .asString();
    }

    private record Written(long total, long added) {}

    private Written writtenMeanwhile() throws Exception {
        long before = rows();
        for (int i = 0; i < 5; i++) {
            start();
        }
        long after = rows();
        return new Written(after, after - before);
    }

    private long rows() {
        return owner().sql("select (select count(*) from play) + (select count(*) from session)"
                        + " + (select count(*) from outbox) + (select count(*) from idempotency_key)")
                .query(Long.class)
                .single();
    }

    private String slotAfterMoreLog() {
        superuser()
                .sql("select pg_logical_emit_message(false, 'filler', repeat('x', 1000000))")
                .query((_, _) -> 0)
                .list();
        superuser().sql("select pg_switch_wal()").query((_, _) -> 0).list();
        superuser().sql("checkpoint").update();
        return slot();
    }

    private String slot() {
        return owner().sql("""
                        select wal_status || case when active then ' active' else '' end
                        from pg_replication_slots where slot_name = 'fanfare_outbox'
                        """).query(String.class).optional().orElse("none");
    }

    private void keepOfLog(String size) {
        superuser()
                .sql(
                        size.equals("default")
                                ? "alter system reset max_slot_wal_keep_size"
                                : "alter system set max_slot_wal_keep_size = " + size)
                .update();
        superuser().sql("select pg_reload_conf()").query(Boolean.class).single();
    }

    private JdbcClient owner() {
        return JdbcClient.create(
                new DriverManagerDataSource(at.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD));
    }

    private JdbcClient superuser() {
        return JdbcClient.create(new DriverManagerDataSource(at.jdbcUrl(), "postgres", DurablePostgres.PASSWORD));
    }

    private void morePlaysArrive() throws Exception {
        int before = crowd.plays();
        eventually(PATIENCE, crowd::plays, now -> now >= before + PLAYS);
    }

    private Web admin() {
        return at.api().admin(TENANT);
    }

    private String created(String what, String id, String body) throws Exception {
        // On a busy machine the relay may be slower than this bound for a moment.
        Answer answer =
                eventually(PATIENCE, () -> admin().post("/api/v1/admin/" + what, body), heard -> heard.status() != 503);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path(id).asString();
    }

    private static long millisSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
    }
}
