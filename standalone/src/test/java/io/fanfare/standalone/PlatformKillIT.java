package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Crowd.Acknowledged;
import io.fanfare.standalone.Web.Answer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/**
 * The whole platform ends while a crowd plays, by force and by request, and goes on with the same data. Each test takes the
 * platform as it finds it and checks everything that was ever acknowledged; the order only saves waiting.
 */
@Tag("without-the-shared-platform")
@Tag("long")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class PlatformKillIT {

    private static final Logger LOG = LoggerFactory.getLogger(PlatformKillIT.class);
    private static final String TENANT = "unkillable";
    private static final String CAMPAIGN = "camp_unkillable";
    private static final int PLAYS = 100;
    private static final Duration RESTART = Duration.ofMinutes(2);
    private static final Duration LEASE = Duration.ofSeconds(90);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    static Path folder;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private PlatformInOwnProcess platform;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Crowd crowd;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Books books;

    @BeforeAll
    void a_wheel_with_points_and_vouchers_a_board_and_a_webhook() throws Exception {
        platform = PlatformInOwnProcess.in(folder);
        platform.launch();
        platform.awaitReady();
        String points = created("prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        String voucher = created("prizes", "prize_id", """
                {"name": "Coffee", "type": "voucher", "value": 350, "stock": {"total": 40},
                 "fulfillment": {"channel": "voucher_code", "redemption_mode": "instant"}}""");
        List<String> codes =
                IntStream.range(0, 40).mapToObj("\"COFFEE-%02d\""::formatted).toList();
        assertThat(admin().post("/api/v1/admin/prizes/" + voucher + "/codes", "{\"codes\": " + codes + "}")
                        .status())
                .isLessThan(300);
        String game = created("games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [
                   {"prize_id": "%s", "probability": 0.6, "slot_index": 0},
                   {"prize_id": "%s", "probability": 0.2, "slot_index": 1},
                   {"prize_id": "", "probability": 0.2, "slot_index": 2}]}}""".formatted(CAMPAIGN, points, voucher));
        String board = created("leaderboards", "leaderboard_id", """
                {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(CAMPAIGN));
        created("integrations", "integration_id", """
                {"type": "webhook", "events": ["play_completed", "prize_won"], "status": "active",
                 "config": {"url": "%s", "hmac_secret": "unkillable-secret"}}""".formatted(
                        platform.at().worker().base().resolve("/dev/webhooks/unkillable")));
        long effectiveAt = admin().get("/api/v1/admin/leaderboards/" + board)
                .data()
                .path("effective_at")
                .asLong();
        eventually(System::currentTimeMillis, now -> now / 1000 > effectiveAt);
        crowd = new Crowd(platform.at().api(), TENANT, game);
        books = new Books(platform.at(), TENANT, CAMPAIGN, board, crowd);
    }

    @AfterAll
    void everything_is_stopped() throws InterruptedException {
        platform.end();
    }

    @Test
    @Order(1)
    void killed_while_many_play_it_goes_on_and_nothing_is_lost() throws Exception {
        crowd.enters();
        morePlaysArrive();

        platform.kill();
        goesOn("killed");
        crowd.leaves();

        everythingIsThereOnce();
    }

    @Test
    @Order(2)
    void asked_to_end_while_many_play_it_stops_in_order_and_nothing_is_lost() throws Exception {
        crowd.enters();
        morePlaysArrive();

        long asked = System.nanoTime();
        int code = platform.terminate();
        LOG.info("asked to end, it ended after {} ms", millisSince(asked));
        List<String> stopped = platform.console().stream()
                .map(String::strip)
                .filter(line -> line.startsWith("down"))
                .map(line -> line.replaceFirst("down +(.*?) +[0-9.]+ s.*", "$1"))
                .toList();
        goesOn("ended");
        crowd.leaves();

        // 128 and the number of SIGTERM, as shells count.
        assertThat(code).isEqualTo(143);
        assertThat(stopped)
                .containsExactly(
                        "Play API",
                        "Fulfilment worker",
                        "Stream processors",
                        "Kafka Connect",
                        "Schema registry",
                        "Kafka broker",
                        "PostgreSQL " + PostgresBinaries.VERSION);
        everythingIsThereOnce();
    }

    /** Those that were under way when the platform was killed are held by nobody until their lease ends. */
    @Test
    @Order(3)
    void webhooks_are_delivered_however_the_platform_ended() throws Exception {
        crowd.enters();
        morePlaysArrive();
        crowd.leaves();

        books.everyWebhookIsWrittenDown();
        books.everyWebhookIsDelivered(LEASE);
    }

    private void everythingIsThereOnce() throws Exception {
        for (Acknowledged before : crowd.all()) {
            Answer again = crowd.repeat(before.request());
            assertThat(again.status()).as("%s", before.request()).isEqualTo(200);
            assertThat(again.body()).as("%s", before.request()).isEqualTo(before.answer());
        }
        books.everyPlayIsAFactOnce();
        books.everyCreditIsBookedOnce();
        books.everyPlayIsRanked();
        books.everyVoucherIsOnePlayers();
        books.everyWebhookIsWrittenDown();
        books.nothingIsADeadLetter();
        eventually(platform::isWell, well -> well);
    }

    /** Starts it again and follows it until plays and wallets are as they should be. */
    private void goesOn(String ended) throws Exception {
        long from = System.nanoTime();
        int plays = crowd.plays();
        platform.launch();
        eventually(RESTART, crowd::plays, now -> now > plays);
        LOG.info("{}: first play acknowledged after {} ms", ended, millisSince(from));
        eventually(RESTART, books::walletsHaveCaughtUp, caughtUp -> caughtUp);
        LOG.info("{}: wallets caught up after {} ms", ended, millisSince(from));
        platform.awaitReady();
        LOG.info("{}: ready after {} ms", ended, millisSince(from));
        morePlaysArrive();
    }

    private void morePlaysArrive() throws Exception {
        int before = crowd.plays();
        eventually(crowd::plays, now -> now >= before + PLAYS);
    }

    private Web admin() {
        return platform.at().api().admin(TENANT);
    }

    private String created(String what, String id, String body) throws Exception {
        Answer answer = admin().post("/api/v1/admin/" + what, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        JsonNode data = answer.data();
        return data.path(id).asString();
    }

    private static long millisSince(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime).toMillis();
    }
}
