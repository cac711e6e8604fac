package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.redemption.RedemptionKey;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Milestones over HTTP on the real databases; the wallets app is played by the test. */
@OnEveryDatabase
class RedemptionsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final RunningApi api;
    private final Tenant acme;
    private final String mug;

    private record Pending(RedemptionKey key, long walletNumber) {}

    RedemptionsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
        this.mug = acme.create(
                "/admin/prizes",
                "{\"name\": \"Mug\", \"type\": \"physical\", \"value\": 900, \"stock\": {\"total\": 5}}",
                "prize_id");
    }

    @Test
    void a_request_learns_of_its_end_whoever_ends_it() throws Exception {
        String game = game("spend_exchange");
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> redeem("ada", game));

        Pending pending = awaitPending("ada");
        api.redemptions().accept(pending.key(), pending.walletNumber(), 40L);
        Answer answer = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.data().path("redeemed").booleanValue()).isTrue();
        assertThat(answer.data().path("mode").stringValue()).isEqualTo("spend_exchange");
        assertThat(answer.data().path("spent").path("points").longValue()).isEqualTo(100);
        assertThat(answer.data().path("balances").path("points").longValue()).isEqualTo(40);
        assertThat(answer.data().path("reward").path("prize_id").stringValue()).isEqualTo(mug);
        assertThat(answer.data().path("consistency").stringValue()).isEqualTo("camp_1:1");
    }

    @Test
    void what_is_granted_without_a_price_is_answered_with_what_is_there() throws Exception {
        String game = game("cumulative_unlock");
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 1, "balances": [{"currency": "points",
                 "balance": 70, "held": 0, "lifetime_earned": 120, "lifetime_spent": 50, "pending": 0, "expiring": []}]}],
                 "freshness": {"fresh": true, "applied_sequence": 1}}""");
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> redeem("ada", game));

        Pending pending = awaitPending("ada");
        api.redemptions().accept(pending.key(), pending.walletNumber(), null);
        Answer answer = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        String location = "/redemptions/" + answer.data().path("redemption_id").stringValue();
        api.state.fails(503);
        Answer blind = acme.asPlayer("ada", "GET", location, "");

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.data().path("spent").toString()).isEqualTo("{}");
        assertThat(answer.data().path("balances").toString()).isEqualTo("{\"points\":70}");
        assertThat(blind.status()).as(blind.raw().body()).isEqualTo(200);
        assertThat(blind.data().path("balances").toString()).isEqualTo("{}");
    }

    @Test
    void a_refusal_of_the_wallet_is_the_answer() throws Exception {
        String game = game("cumulative_unlock");
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> redeem("ada", game));

        Pending pending = awaitPending("ada");
        api.redemptions()
                .refuse(pending.key(), pending.walletNumber(), "BELOW_THRESHOLD", "5 points earned, 100 needed");
        Answer answer = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(answer.error().path("metadata").path("redemption_id").stringValue())
                .isEqualTo(pending.key().id().value());
        Answer told =
                acme.asPlayer("ada", "GET", "/redemptions/" + pending.key().id(), "");
        assertThat(told.data().path("status").stringValue()).isEqualTo("refused");
        assertThat(told.data().path("reason").stringValue()).isEqualTo("BELOW_THRESHOLD");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            LIMIT_REACHED, 400, WALLET_REFUSED
            OVERFLOW, 400, WALLET_REFUSED
            ALREADY_EXISTS, 409, ALREADY_EXISTS
            FORKED, 500, INTERNAL
            """)
    void what_a_wallet_refuses_has_the_reason_that_it_has_elsewhere(String refusal, int status, String reason)
            throws Exception {
        String game = game("cumulative_unlock");
        CompletableFuture<Answer> asked = CompletableFuture.supplyAsync(() -> redeem("ada", game));

        Pending pending = awaitPending("ada");
        api.redemptions().refuse(pending.key(), pending.walletNumber(), refusal, "as the wallet says");
        Answer answer = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.reason()).isEqualTo(reason);
    }

    @Test
    void while_the_wallet_is_silent_the_answer_is_where_to_ask_and_the_key_finds_the_end() {
        String game = game("spend_exchange");
        String key = UUID.randomUUID().toString();

        Answer silent = redeem("ada", game, "Idempotency-Key", key);
        Pending pending = pending("ada").orElseThrow();
        api.redemptions().accept(pending.key(), pending.walletNumber(), 0L);
        Answer repeated = redeem("ada", game, "Idempotency-Key", key);
        Answer again = redeem("ada", game, "Idempotency-Key", key);

        assertThat(silent.status()).as(silent.raw().body()).isEqualTo(202);
        assertThat(silent.raw().headers().firstValue("Location"))
                .contains("/api/v1/redemptions/" + pending.key().id());
        assertThat(silent.data().path("status").stringValue()).isEqualTo("pending");
        assertThat(repeated.status()).isEqualTo(200);
        assertThat(repeated.data().path("redemption_id").stringValue())
                .isEqualTo(pending.key().id().value());
        assertThat(again.raw().body()).isEqualTo(repeated.raw().body());
        assertThat(acme.asPlayer("grace", "GET", "/redemptions/" + pending.key().id(), "")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void the_key_finds_its_redemption_after_the_game_was_paused() throws Exception {
        String game = game("spend_exchange");
        Answer first = redeemLosingTheAnswer("ada", game, "k1");

        replace(game, body("points", "spend_exchange", false, "gold", 100, mug).replace("active", "paused"));
        Answer other = redeemMilestone("silver", "ada", game, "Idempotency-Key", "k1");
        Answer repeated = redeem("ada", game, "Idempotency-Key", "k1");
        Answer anew = redeem("ada", game, "Idempotency-Key", "k2");

        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(repeated.status()).as(repeated.raw().body()).isEqualTo(200);
        assertThat(repeated.data()).isEqualTo(first.data());
        assertThat(anew.reason()).isEqualTo("GAME_NOT_ACTIVE");
    }

    @Test
    void the_key_finds_its_redemption_after_the_milestone_was_removed() throws Exception {
        String game = game("cumulative_unlock");
        Answer first = redeemLosingTheAnswer("ada", game, "k1");

        replace(game, body("gems", "spend_exchange", false, "silver", 7, mug));
        Answer other = redeemMilestone("silver", "ada", game, "Idempotency-Key", "k1");
        Answer repeated = redeem("ada", game, "Idempotency-Key", "k1");
        Answer anew = redeem("ada", game, "Idempotency-Key", "k2");

        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(repeated.status()).as(repeated.raw().body()).isEqualTo(200);
        assertThat(repeated.data()).isEqualTo(first.data());
        assertThat(anew.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            gems, barter, true, gold, 100, milestones.mode
            '', cumulative_unlock, true, gold, 100, milestones.currency
            points, spend_exchange, true, gold, 100, milestones.auto_grant
            points, cumulative_unlock, true, go ld, 100, milestones.milestones[0].milestone_id
            points, cumulative_unlock, true, gold, 0, milestones.milestones[0].threshold
            """)
    void milestones_that_make_no_sense_are_refused_by_field(
            String currency, String mode, boolean autoGrant, String milestone, long threshold, String field) {
        Answer answer =
                acme.asAdmin("POST", "/admin/games", body(currency, mode, autoGrant, milestone, threshold, mug));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(violated(answer)).isEqualTo(field);
    }

    @Test
    void a_milestone_for_a_prize_that_is_not_there_is_refused_by_field() {
        Answer answer = acme.asAdmin(
                "POST", "/admin/games", body("points", "cumulative_unlock", true, "gold", 1, "prize_nowhere"));

        assertThat(violated(answer)).isEqualTo("milestones.milestones[0].prize_id");
    }

    @Test
    void a_game_shows_the_milestones_that_it_was_given() {
        String game = game("cumulative_unlock");

        var milestones = acme.asAdmin("GET", "/admin/games/" + game, "").data().path("milestones");

        assertThat(milestones.path("currency").stringValue()).isEqualTo("points");
        assertThat(milestones.path("auto_grant").booleanValue()).isFalse();
        assertThat(milestones.path("milestones").path(0).path("threshold").longValue())
                .isEqualTo(100);
    }

    @Test
    void progress_is_what_the_wallets_app_says() {
        String game = game("cumulative_unlock");
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 3, "grants": [], "balances":
                  [{"currency": "points", "balance": 10, "held": 0, "lifetime_earned": 60, "lifetime_spent": 50}]}],
                 "freshness": {"fresh": true, "applied_sequence": 3}}""");

        var told = acme.asPlayer("ada", "GET", "/games/%s/milestones".formatted(game), "")
                .data();

        assertThat(told.path("balance").longValue()).isEqualTo(60);
        assertThat(told.path("fresh").booleanValue()).isTrue();
        var gold = told.path("milestones").path(0);
        assertThat(gold.path("status").stringValue()).isEqualTo("locked");
        assertThat(gold.path("progress").longValue()).isEqualTo(60);
        assertThat(gold.path("remaining").longValue()).isEqualTo(40);
    }

    @Test
    void what_is_not_there_cannot_be_redeemed() {
        String game = game("spend_exchange");

        assertThat(acme.asPlayer("ada", "POST", "/games/%s/redeem".formatted(game), "{\"milestone_id\": \"silver\"}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asPlayer("ada", "POST", "/games/%s/redeem".formatted(game), "{}")
                        .reason())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(redeem("ada", "game_nowhere").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.newTenant()
                        .asPlayer("ada", "POST", "/games/%s/redeem".formatted(game), "{\"milestone_id\": \"gold\"}")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void players_do_not_see_what_could_not_be_awarded() {
        assertThat(acme.asPlayer("ada", "GET", "/admin/awards/unawarded", "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asAdmin("GET", "/admin/awards/unawarded", "")
                        .data()
                        .path("items")
                        .size())
                .isZero();
    }

    private String game(String mode) {
        return acme.create("/admin/games", body("points", mode, false, "gold", 100, mug), "game_id");
    }

    private static String body(
            String currency, String mode, boolean autoGrant, String milestone, long threshold, String prize) {
        return """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "camp_1",
                 "handler_config": {"prizes": [{"probability": 1}]},
                 "milestones": {"currency": "%s", "mode": "%s", "auto_grant": %s,
                  "milestones": [{"milestone_id": "%s", "threshold": %d, "prize_id": "%s"}]}}""".formatted(currency, mode, autoGrant, milestone, threshold, prize);
    }

    private void replace(String game, String body) {
        Answer replaced = acme.asAdmin("PUT", "/admin/games/" + game, body);
        assertThat(replaced.status()).as(replaced.raw().body()).isEqualTo(200);
    }

    private Answer redeem(String player, String game, String... headers) {
        return redeemMilestone("gold", player, game, headers);
    }

    private Answer redeemMilestone(String milestone, String player, String game, String... headers) {
        return acme.asPlayer(
                player,
                "POST",
                "/games/%s/redeem".formatted(game),
                "{\"milestone_id\": \"%s\"}".formatted(milestone),
                headers);
    }

    /** It is granted, and nobody has kept the answer: as when the process dies right behind the change. */
    private Answer redeemLosingTheAnswer(String player, String game, String key) throws Exception {
        CompletableFuture<Answer> asked =
                CompletableFuture.supplyAsync(() -> redeem(player, game, "Idempotency-Key", key));
        Pending pending = awaitPending(player);
        api.redemptions().accept(pending.key(), pending.walletNumber(), 40L);
        Answer granted = asked.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        acme.forgetAnswers();
        return granted;
    }

    private static String violated(Answer answer) {
        return answer.data()
                .path("error")
                .path("field_violations")
                .path(0)
                .path("field")
                .stringValue();
    }

    private Pending awaitPending(String player) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Optional<Pending> found = pending(player);
        while (found.isEmpty()) {
            assertThat(System.nanoTime()).as("nothing is pending").isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            found = pending(player);
        }
        return found.orElseThrow();
    }

    private Optional<Pending> pending(String player) {
        return api.jdbc
                .sql("""
                        select redemption_id, wallet_number from redemption
                        where tenant_id = ? and player_id = ? and status = 'pending'
                        """)
                .params(acme.id, player)
                .query((row, _) -> new Pending(
                        new RedemptionKey(new TenantId(acme.id), new RedemptionId(row.getString(1))), row.getLong(2)))
                .optional();
    }
}
