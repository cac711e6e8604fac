package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Check;
import io.fanfare.bench.verify.Report;
import io.fanfare.bench.verify.Target;
import io.fanfare.bench.verify.Verify;
import io.fanfare.standalone.Web.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The real platform is verified, and what is broken in its tables is found. */
@ExtendWith(RunningPlatform.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VerifyIT {

    private static final String TENANT = "verified";

    private final RunningPlatform platform;
    private final List<String> acknowledged = new ArrayList<>();

    VerifyIT(RunningPlatform platform) {
        this.platform = platform;
    }

    @BeforeAll
    void three_players_spin_a_wheel_of_points_and_vouchers() throws Exception {
        Web admin = platform.api().admin(TENANT);
        String points = prize(admin, "{\"name\": \"10 points\", \"type\": \"points\", \"value\": 10}");
        String voucher =
                prize(admin, "{\"name\": \"Tea\", \"type\": \"voucher\", \"value\": 1, \"stock\": {\"total\": 3}}");
        String game = created(admin.post("/api/v1/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "camp_verified", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 0.5, "slot_index": 0},
                                               {"prize_id": "%s", "probability": 0.5, "slot_index": 1}]}}""".formatted(points, voucher)))
                .path("game_id")
                .asString();
        String board = created(admin.post("/api/v1/admin/leaderboards", """
                {"name": "Spins", "campaign_id": "camp_verified", "metric": "total_plays"}"""))
                .path("leaderboard_id")
                .asString();
        long effectiveAt = admin.get("/api/v1/admin/leaderboards/" + board)
                .data()
                .path("effective_at")
                .asLong();
        eventually(System::currentTimeMillis, now -> now / 1000 > effectiveAt);
        for (int i = 0; i < 24; i++) {
            play(game, List.of("ada", "grace", "linus").get(i % 3));
        }
        Answer waitedFor = admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "ada", "scope_key": "camp_verified", "currency": "points", "delta": 5, "reason": "a present"}""");
        assertThat(waitedFor.status()).as("%s", waitedFor.body()).isEqualTo(200);
    }

    @BeforeAll
    void points_go_over_and_come_back_and_a_reversal_is_reversed() throws Exception {
        Web admin = platform.api().admin(TENANT);
        done(admin.put("/api/v1/admin/wallets/terms", """
                {"transfers": [{"currency": "gems", "max_amount": 9, "max_per_day": 90}]}"""));
        done(admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "margaret", "scope_key": "camp_verified", "currency": "gems", "delta": 9, "reason": "a present"}"""));
        for (int undone = 1; undone <= 2; undone++) {
            done(admin.post("/api/v1/admin/wallets/reverse", """
                    {"player_id": "margaret", "scope_key": "camp_verified", "sequences": [%d], "reason": "a slip"}""".formatted(undone)));
        }
        String sent = done(platform.api().player(TENANT, "margaret").post("/api/v1/wallet/transfer", """
                {"scope_key": "camp_verified", "to_player_id": "barbara", "currency": "gems", "amount": 9}"""))
                .path("transfer_id")
                .asString();
        completed(admin, sent);
        String back = done(admin.post(
                        "/api/v1/admin/wallets/transfers/%s/reverse".formatted(sent), "{\"reason\": \"a slip\"}"))
                .path("transfer_id")
                .asString();
        completed(admin, back);
    }

    /** Redeemed, one paid and one once, and granted unasked: what is paid is points or an item. */
    @BeforeAll
    void hedy_gets_for_her_points_what_goes_into_her_wallet() throws Exception {
        Web admin = platform.api().admin(TENANT);
        String points = prize(admin, "{\"name\": \"25 points\", \"type\": \"points\", \"value\": 25}");
        String shells = prize(admin, "{\"name\": \"shell\", \"type\": \"lucky_item\", \"value\": 3}");
        String shop = wheel(admin, points, "spend_exchange", false, shells);
        String club = wheel(admin, points, "cumulative_unlock", false, points);
        String patron = wheel(admin, points, "cumulative_unlock", true, shells);
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(patron));
        Web hedy = platform.api().player(TENANT, "hedy");
        for (String game : List.of(shop, club, patron)) {
            play(game, "hedy");
        }
        for (String game : List.of(shop, club)) {
            done(hedy.post("/api/v1/games/%s/redeem".formatted(game), "{\"milestone_id\": \"gold\"}"));
        }
        eventually(
                () -> hedy.get("/api/v1/rewards/me?limit=100").data().path("items"),
                rewards -> rewards.size() == 3 + 3);
    }

    /** It always wins. */
    private static String wheel(Web admin, String won, String mode, boolean autoGrant, String prize) throws Exception {
        return created(admin.post("/api/v1/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "camp_%3$s_%4$s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%1$s", "probability": 1, "slot_index": 0}]},
                 "milestones": {"currency": "points", "mode": "%3$s", "auto_grant": %4$s,
                                "milestones": [{"milestone_id": "gold", "threshold": 25, "prize_id": "%2$s"}]}}""".formatted(won, prize, mode, autoGrant)))
                .path("game_id")
                .asString();
    }

    private static String prize(Web admin, String body) throws Exception {
        return created(admin.post("/api/v1/admin/prizes", body))
                .path("prize_id")
                .asString();
    }

    @Test
    void all_is_well_on_the_running_platform(@TempDir Path folder) throws Exception {
        Path acks = folder.resolve("acks.jsonl");
        Files.write(acks, acknowledged);

        Report report = verify(Optional.of(acks));

        assertThat(report.checks()).as("%s", report.table()).hasSize(12).allMatch(Check::passed);
        assertThat(report.checks()).extracting(Check::invariant).contains(1, 2, 3, 4, 5, 6, 9);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            stock adds up           | update prize_stock set remaining = remaining + (%s) where tenant_id = 'verified'
            plays exist once        | update player_sequence set last_number = last_number + (%s) where tenant_id = 'verified'
            limits hold             | update play_counter set plays = plays + (%s) where tenant_id = 'verified'
            facts are published     | update play set game_revision = game_revision + (%s) where tenant_id = 'verified'
            sagas end               | update wallet_command set outcome = case when (%s) > 0 then 'refused' end where tenant_id = 'verified' and coalesce(outcome, 'refused') = 'refused'
            ledger adds up          | update reward set value = value + (%s) where tenant_id = 'verified' and play_id is null
            ledger adds up          | update redemption set credit_number = credit_number + (%s) where tenant_id = 'verified'
            ledger adds up          | update redemption set scope_key = case when (%s) > 0 then concat('x', scope_key) else substr(scope_key, 2) end where tenant_id = 'verified'
            queries equal a recount | update wallet_command set number = number + 1000 * (%s) where tenant_id = 'verified'
            """)
    void what_is_broken_in_a_table_is_found(String check, String change) throws Exception {
        execute(change.formatted(1));
        Report report;
        try {
            report = verify(Optional.empty());
        } finally {
            execute(change.formatted(-1));
        }

        assertThat(report.passed()).isFalse();
        assertThat(report.checks())
                .as("%s", report.table())
                .filteredOn(one -> one.name().equals(check))
                .singleElement()
                .satisfies(one -> assertThat(one.examples())
                        .anySatisfy(text -> assertThat(text).contains(TENANT)));
    }

    private Report verify(Optional<Path> acks) throws Exception {
        var target = new Target(
                platform.jdbcUrl(),
                DurablePostgres.USER,
                DurablePostgres.PASSWORD,
                platform.bootstrap(),
                platform.registry(),
                platform.streams().base());
        return new Verify(target, null, Duration.ofMinutes(1)).run(acks);
    }

    private void play(String game, String player) throws Exception {
        Web web = platform.api().player(TENANT, player);
        String session = web.post("/api/v1/games/" + game + "/start", "{}")
                .data()
                .path("session_id")
                .asString();
        Answer answer = web.post(
                "/api/v1/games/" + game + "/play", "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        JsonNode data = answer.data();
        acknowledged.add(
                "{\"tenant\": \"%s\", \"player\": \"%s\", \"play_id\": \"%s\", \"session_id\": \"%s\", \"rewards\": %s}"
                        .formatted(TENANT, player, data.path("play_id").asString(), session, data.path("rewards")));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(
                        platform.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void completed(Web admin, String transfer) throws Exception {
        eventually(
                () -> admin.get("/api/v1/admin/wallets/transfers/" + transfer),
                seen -> seen.data().path("status").asString().equals("completed"));
    }

    private static JsonNode done(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return answer.data();
    }

    private static JsonNode created(Answer answer) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data();
    }
}
