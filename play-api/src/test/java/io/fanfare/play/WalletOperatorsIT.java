package io.fanfare.play;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What operators look up in wallets and mend; the wallets app is a fake. */
@OnEveryDatabase
class WalletOperatorsIT {

    private static final String MEND = """
            {"player_id": "ada", "scope_key": "camp_1", "sequence": %d, "reason": "lost with a disk"}""";

    private final RunningApi api;
    private final Tenant acme;

    WalletOperatorsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void a_number_that_is_lost_for_good_is_filled_and_who_did_it_is_remembered() {
        adjust();
        adjust();
        lose(1);
        hasApplied(0, 1);

        Answer wallet = acme.as("support", "GET", "/admin/wallets/players/ada?scope_key=camp_1", "");
        Answer filled = acme.as("reward_manager", "POST", "/admin/wallets/gaps/mend", MEND.formatted(1));
        Answer actions = acme.as("support", "GET", "/admin/wallets/actions?player_id=ada&limit=1", "");

        assertThat(wallet.data().path("freshness").path("wallets").toString())
                .isEqualTo("[{\"scope_key\":\"camp_1\",\"expected_sequence\":2,\"applied_sequence\":0,"
                        + "\"missing_sequence\":1}]");
        assertThat(filled.status()).as(filled.raw().body()).isEqualTo(200);
        assertThat(filled.data().path("remedy").stringValue()).isEqualTo("fill");
        assertThat(filled.data().path("status").stringValue()).isEqualTo("posted");
        assertThat(actions.data().path("items").valueStream())
                .extracting(
                        action -> action.path("kind").stringValue(),
                        action -> action.path("who").stringValue(),
                        action -> action.path("reason").stringValue(),
                        action -> action.path("command_id").stringValue())
                .containsExactly(tuple(
                        "fill",
                        "reward_manager",
                        "lost with a disk",
                        filled.data().path("command_id").stringValue()));
        assertThat(published("WalletCommand")).isEqualTo(3);
    }

    @Test
    void a_command_that_is_kept_is_published_again_and_not_replaced() {
        String kept = adjust().data().path("command_id").stringValue();
        hasApplied(0, 1);

        Answer mended = acme.asAdmin("POST", "/admin/wallets/gaps/mend", MEND.formatted(1));
        Answer actions = acme.asAdmin("GET", "/admin/wallets/actions?limit=1", "");

        assertThat(mended.status()).as(mended.raw().body()).isEqualTo(202);
        assertThat(mended.data().path("remedy").stringValue()).isEqualTo("resend");
        assertThat(mended.data().path("command_id").stringValue()).isEqualTo(kept);
        assertThat(actions.data().path("items").path(0).path("kind").stringValue())
                .isEqualTo("resend");
        assertThat(published("WalletCommand")).isEqualTo(2);
    }

    @Test
    void a_number_that_is_not_missing_is_left_alone() {
        adjust();
        lose(1);
        hasApplied(1, 0);
        Answer applied = acme.asAdmin("POST", "/admin/wallets/gaps/mend", MEND.formatted(1));
        Answer yetToCome = acme.asAdmin("POST", "/admin/wallets/gaps/mend", MEND.formatted(2));

        assertThat(applied.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(applied.error().path("metadata").toString()).isEqualTo("{\"applied_sequence\":\"1\"}");
        assertThat(yetToCome.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(published("WalletCommand")).isEqualTo(1);
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .hasSize(1);
    }

    @Test
    void mending_needs_a_reason_and_a_role_and_the_wallets_app() {
        adjust();
        Answer silent = acme.asAdmin(
                "POST",
                "/admin/wallets/gaps/mend",
                "{\"player_id\": \"ada\", \"scope_key\": \"camp_1\", \"sequence\": 0}");
        Answer support = acme.as("support", "POST", "/admin/wallets/gaps/mend", MEND.formatted(1));
        api.state.fails(503);
        Answer blind = acme.asAdmin("POST", "/admin/wallets/gaps/mend", MEND.formatted(1));

        assertThat(silent.error().path("field_violations").toString()).contains("reason", "sequence");
        assertThat(support.reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(blind.reason()).isEqualTo("UNAVAILABLE");
        assertThat(published("WalletCommand")).isEqualTo(1);
    }

    @Test
    void what_is_made_good_need_not_count_as_earned() {
        String adjust = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": %d, "reason": "lost on its way",
                 "counts_as_earned": %s}""";

        Answer madeGood = acme.asAdmin("POST", "/admin/wallets/adjust", adjust.formatted(5, false));
        Answer taken = acme.asAdmin("POST", "/admin/wallets/adjust", adjust.formatted(-5, false));

        assertThat(madeGood.status()).as(madeGood.raw().body()).isEqualTo(200);
        assertThat(taken.violation()).isEqualTo("counts_as_earned: does not go with a delta below 0");
        assertThat(actionOf(madeGood)).isInstanceOfSatisfying(WalletAdjust.class, adjusted -> {
            assertThat(adjusted.getDelta()).isEqualTo(5);
            assertThat(adjusted.getCountsAsEarned()).isFalse();
        });
    }

    @Test
    void what_is_won_is_credited_on_the_terms_of_its_currency() {
        Answer set = acme.asAdmin("PUT", "/admin/wallets/terms", """
                {"earnings": [{"currency": "points", "activates_after": 3600, "expires_after_days": 30,
                 "expiry_rounding": "month"}, {"currency": "gems", "activates_on": "kyc"}]}""");
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");

        acme.play("ada", game, acme.startedBy("ada", game));

        assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
        assertThat(set.data().path("earnings").toString())
                .isEqualTo("[{\"currency\":\"points\",\"activates_after\":3600,\"activates_on\":null,"
                        + "\"expires_after_days\":30,\"expires_after_months\":0,\"expiry_rounding\":\"month\"},"
                        + "{\"currency\":\"gems\",\"activates_after\":0,\"activates_on\":\"kyc\","
                        + "\"expires_after_days\":0,\"expires_after_months\":0,\"expiry_rounding\":null}]");
        assertThat(acme.as("designer", "GET", "/admin/wallets/terms", "").data())
                .isEqualTo(set.data());
        WalletCommand credit = lastCommand();
        assertThat(credit.getAction()).isInstanceOfSatisfying(WalletCreditOnTerms.class, onTerms -> {
            assertThat(onTerms.getAmounts()).containsExactly(new WalletAmount("points", 50L));
            assertThat(onTerms.getActivatesAt())
                    .isEqualTo(credit.getOccurredAt().plusSeconds(3_600));
            assertThat(onTerms.getActivatesOn()).isNull();
            var ends = requireNonNull(onTerms.getExpiresAt()).atZone(ZoneOffset.UTC);
            assertThat(ends.getDayOfMonth()).isEqualTo(1);
            assertThat(ends.toInstant()).isAfter(credit.getOccurredAt().plus(Duration.ofDays(30)));
        });
    }

    @Test
    void terms_of_what_is_won_that_make_no_sense_are_refused_when_they_are_set() {
        Answer both = terms("{\"currency\": \"points\", \"activates_after\": 5, \"activates_on\": \"kyc\"}");
        Answer twice = terms("{\"currency\": \"points\"}, {\"currency\": \"points\"}");
        Answer mixed = terms("{\"currency\": \"points\", \"expires_after_days\": 5, \"expires_after_months\": 1}");
        Answer rounding = terms("{\"currency\": \"points\", \"expiry_rounding\": \"week\"}");
        Answer unknown = terms("{\"currency\": \"points\", \"expires_in\": 5}");

        assertThat(both.violation()).isEqualTo("earnings[0].activates_on: does not go with activates_after");
        assertThat(twice.violation()).isEqualTo("earnings[1].currency: is there twice");
        assertThat(mixed.violation())
                .isEqualTo("earnings[0].expires_after_months: does not go with expires_after_days");
        assertThat(rounding.violation()).isEqualTo("earnings[0].expiry_rounding: needs a time after which it expires");
        assertThat(unknown.status()).isEqualTo(400);
    }

    @Test
    void campaigns_and_games_that_do_not_say_whose_wallet_they_pay_into_take_it_from_merchant_or_tenant() {
        Answer set = acme.asAdmin("PUT", "/admin/wallets/scopes", """
                {"wallet_scope": "tenant", "merchants": [{"merchant_id": "shop", "wallet_scope": "merchant"}]}""");
        Answer wrong = acme.asAdmin("PUT", "/admin/wallets/scopes", """
                {"wallet_scope": "galaxy", "merchants": [{"merchant_id": "shop"}]}""");
        Answer manager = acme.as("reward_manager", "PUT", "/admin/wallets/scopes", "{}");
        String game = """
                {"name": "Wheel", "type": "spin_wheel", "handler_config": {"prizes": [
                 {"prize_id": "%s", "probability": 1, "slot_index": 3}]}}""".formatted(acme.pointsPrize(5));

        assertThat(set.data().toString())
                .isEqualTo("{\"wallet_scope\":\"tenant\",\"merchants\":[{\"merchant_id\":\"shop\","
                        + "\"wallet_scope\":\"merchant\"}]}");
        assertThat(acme.as("designer", "GET", "/admin/wallets/scopes", "").data())
                .isEqualTo(set.data());
        assertThat(wrong.error().path("field_violations").toString())
                .contains("\"wallet_scope\"", "\"merchants[0].wallet_scope\"");
        assertThat(manager.reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(scopeOf(acme.asAdmin("POST", "/admin/campaigns", "{\"name\": \"Spring\"}")))
                .isEqualTo("tenant");
        assertThat(scopeOf(acme.asMerchantsAdmin("shop", "POST", "/admin/campaigns", "{\"name\": \"Spring\"}")))
                .isEqualTo("merchant");
        assertThat(scopeOf(acme.asAdmin(
                        "POST",
                        "/admin/campaigns",
                        "{\"name\": \"Spring\", \"settings\": {\"wallet_scope\": \"campaign\"}}")))
                .isEqualTo("campaign");
        assertThat(scopeOf(api.newTenant().asAdmin("POST", "/admin/campaigns", "{\"name\": \"Spring\"}")))
                .isEqualTo("campaign");
        assertThat(acme.asAdmin("POST", "/admin/games", game)
                        .data()
                        .path("wallet_scope")
                        .stringValue())
                .isEqualTo("tenant");
    }

    @Test
    void operators_see_the_holds_that_stand_page_by_page() {
        String soon = hold("ada", 600, "h1");
        String later = hold("grace", 1_200, "h2");
        String posted = hold("ada", 900, "h3");
        String gone = hold("linus", 700, "h4");
        acme.asMachine("POST", "/wallets/holds/" + posted + "/post", "", "h5");
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 3, "balances": [], "holds": [
                  {"hold_id": "%s", "currency": "points", "amount": 50, "expires_at": 1700000600},
                  {"hold_id": "%s", "currency": "points", "amount": 50, "expires_at": 1700001200}]}],
                 "freshness": {"fresh": true, "applied_sequence": 3}}""".formatted(soon, later));

        Answer all = acme.as("support", "GET", "/admin/wallets/holds", "");
        Answer first = acme.asAdmin("GET", "/admin/wallets/holds?limit=1", "");
        Answer second = acme.asAdmin(
                "GET",
                "/admin/wallets/holds?limit=2&cursor="
                        + first.data().path("pagination").path("next_cursor").stringValue(),
                "");
        Answer graces = acme.asAdmin("GET", "/admin/wallets/holds?player_id=grace", "");
        Answer foreign = api.newTenant().asAdmin("GET", "/admin/wallets/holds", "");

        assertThat(ids(all)).containsExactly(soon, later).doesNotContain(posted, gone);
        assertThat(all.data().path("items").path(0).path("amount").longValue()).isEqualTo(50);
        assertThat(all.data().path("items").path(0).path("player_id").stringValue())
                .isEqualTo("ada");
        assertThat(ids(first)).containsExactly(soon);
        assertThat(ids(second)).containsExactly(later);
        assertThat(second.data().path("pagination").path("has_more").booleanValue())
                .isFalse();
        assertThat(ids(graces)).containsExactly(later);
        assertThat(ids(foreign)).isEmpty();
        assertThat(acme.asPlayer("ada", "GET", "/admin/wallets/holds", "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asAdmin("GET", "/admin/wallets/holds?cursor=eA", "").violation())
                .startsWith("cursor: ");
    }

    @Test
    void lines_of_the_ledger_name_the_hold_that_they_are_of() {
        String hold = hold("ada", 600, "h1");
        acme.asAdmin("POST", "/admin/wallets/holds/" + hold + "/release", "{\"reason\": \"stuck\"}");
        api.state.says("""
                {"items": [%s, %s, %s, %s],
                 "pagination": {"next_cursor": null, "has_more": false},
                 "wallets": [], "freshness": {"fresh": true, "applied_sequence": 2}}""".formatted(
                        line(2, "available", "hold_timeout", "hold_other"),
                        line(2, "available", "release", "wact_1"),
                        line(1, "held", "hold", "order-7"),
                        line(1, "available", "hold", "order-7")));

        Answer ledger = acme.asPlayer("ada", "GET", "/wallet/ledger?scope_key=camp_1", "");

        assertThat(ledger.data().path("items").valueStream())
                .extracting(line -> line.path("hold_id").stringValue())
                .containsExactly("hold_other", hold, hold, hold);
    }

    @Test
    void lines_of_the_ledger_say_what_a_reversal_undid_and_what_undid_them() {
        Answer adjusted = acme.asAdmin("POST", "/admin/wallets/adjust", """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": 5, "reason": "a slip"}""");
        Answer reversed = acme.asAdmin("POST", "/admin/wallets/reverse", """
                {"player_id": "ada", "scope_key": "camp_1", "sequences": [1], "reason": "a slip"}""");
        String undone =
                line(1, "available", "adjust", "wact_1").replace("\"sequence\"", "\"reversed_by\": 2, \"sequence\"");
        api.state.says("""
                {"items": [%s, %s],
                 "pagination": {"next_cursor": null, "has_more": false},
                 "wallets": [], "freshness": {"fresh": true, "applied_sequence": 2}}""".formatted(line(2, "available", "reverse", "wact_2"), undone));

        Answer ledger = acme.asPlayer("ada", "GET", "/wallet/ledger?scope_key=camp_1", "");

        assertThat(adjusted.status()).as(adjusted.raw().body()).isEqualTo(200);
        assertThat(reversed.status()).as(reversed.raw().body()).isEqualTo(200);
        assertThat(ledger.data().path("items").valueStream())
                .extracting(
                        line -> line.path("reverses").toString(),
                        line -> line.path("reversed_by").toString())
                .containsExactly(tuple("[1]", "null"), tuple("[]", "2"));
    }

    private static String line(long sequence, String account, String reason, String ref) {
        return """
                {"scope_key": "camp_1", "sequence": %d, "currency": "points", "amount": 5, "account": "%s",
                 "counter_account": "hold", "reason": "%s", "ref_id": "%s", "balance_after": 5, "created_at": 1700000000}""".formatted(sequence, account, reason, ref);
    }

    private String hold(String player, int timeout, String key) {
        Answer placed = acme.asMachine("POST", "/wallets/holds", """
                {"player_id": "%s", "scope_key": "camp_1", "currency": "points", "amount": 50, "timeout": %d}""".formatted(player, timeout), key);
        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(200);
        return placed.data().path("hold_id").stringValue();
    }

    private static List<String> ids(Answer holds) {
        return holds.data()
                .path("items")
                .valueStream()
                .map(hold -> hold.path("hold_id").stringValue())
                .toList();
    }

    private static String scopeOf(Answer campaign) {
        assertThat(campaign.status()).as(campaign.raw().body()).isEqualTo(201);
        return campaign.data().path("settings").path("wallet_scope").stringValue();
    }

    private Answer terms(String earnings) {
        return acme.asAdmin("PUT", "/admin/wallets/terms", "{\"earnings\": [" + earnings + "]}");
    }

    private WalletCommand lastCommand() {
        UUID id = api.jdbc
                .sql("select command_id from wallet_command where tenant_id = ? order by number desc limit 1")
                .param(acme.id)
                .query(UUID.class)
                .single();
        return api.command(acme.id, id);
    }

    private Object actionOf(Answer command) {
        UUID id = UUID.fromString(command.data().path("command_id").stringValue());
        return api.command(acme.id, id).getAction();
    }

    private Answer adjust() {
        Answer adjusted = acme.asAdmin("POST", "/admin/wallets/adjust", """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": 5, "reason": "thanks"}""");
        assertThat(adjusted.status()).as(adjusted.raw().body()).isEqualTo(200);
        return adjusted;
    }

    private void lose(long number) {
        int lost = api.jdbc
                .sql("delete from wallet_command where tenant_id = ? and number = ?")
                .param(acme.id)
                .param(number)
                .update();
        assertThat(lost).isEqualTo(1);
    }

    private void hasApplied(long applied, long missing) {
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": %1$d, "balances": [], "missing_sequence": %2$d}],
                 "freshness": {"fresh": false, "applied_sequence": %1$d}}""".formatted(applied, missing));
    }

    private long published(String type) {
        return api.jdbc
                .sql("select count(*) from outbox where tenant_id = ? and type = ?")
                .param(acme.id)
                .param(type)
                .query(Long.class)
                .single();
    }
}
