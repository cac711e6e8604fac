package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Requests for wallet commands; the wallets app is a fake that accepts or refuses as it is told. */
@OnEveryDatabase
class WalletRequestsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String CONVERT = "{\"scope_key\": \"camp_1\", \"amount\": 250}";
    private static final String SEND = """
            {"scope_key": "camp_1", "to_player_id": "grace", "currency": "points", "amount": 40}""";

    private final RunningApi api;
    private final Tenant acme;

    WalletRequestsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void a_conversion_is_answered_with_its_outcome_and_the_rate_that_was_applied() {
        Answer converted = convert("ada", CONVERT);

        assertThat(converted.status()).as(converted.raw().body()).isEqualTo(200);
        assertThat(converted.data().path("command").path("status").stringValue())
                .isEqualTo("posted");
        assertThat(converted.data().path("command").path("consistency").stringValue())
                .isEqualTo("camp_1:1");
        assertThat(converted.data().path("applied_conversion_rate").path("rate").longValue())
                .isEqualTo(100);
    }

    @Test
    void a_preview_promises_nothing_and_says_whether_there_is_enough() {
        thereAre(240);

        Answer preview = acme.asPlayer("ada", "POST", "/wallet/convert/preview", CONVERT);

        assertThat(preview.data().toString())
                .isEqualTo("{\"points\":250,\"from_currency\":\"points\",\"conversion_rate\":100,\"rate_from\":100,"
                        + "\"rate_to\":1,\"conversion_rate_date\":0,\"taken\":200,\"converted_amount\":2,"
                        + "\"converted_currency\":\"coins\",\"have_enough_points\":false}");
    }

    @Test
    void a_preview_that_passes_64_bits_is_refused_as_the_conversion_would_be() {
        thereAre(1_000_000_000_000_000L);
        acme.asAdmin("PUT", "/admin/wallets/terms", """
                {"conversions": [{"from_currency": "points", "to_currency": "coins", "rate_from": 1, "rate_to": 9224}]}""");

        Answer preview =
                acme.asPlayer("ada", "POST", "/wallet/convert/preview", CONVERT.replace("250", "1000000000000000"));

        assertThat(preview.status()).as(preview.raw().body()).isEqualTo(400);
        assertThat(preview.reason()).isEqualTo("WALLET_REFUSED");
        assertThat(preview.error().path("metadata").toString()).isEqualTo("{\"refusal\":\"OVERFLOW\"}");
    }

    @Test
    void the_same_request_converts_once_and_another_under_its_key_is_refused() {
        Answer first = convert("ada", CONVERT, "Idempotency-Key", "k1");
        Answer again = convert("ada", CONVERT, "Idempotency-Key", "k1");
        Answer other = convert("ada", CONVERT.replace("250", "300"), "Idempotency-Key", "k1");

        assertThat(again.raw().body()).isEqualTo(first.raw().body());
        assertThat(other.status()).isEqualTo(422);
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void another_request_under_a_key_leaves_it_to_the_first_which_has_no_answer_yet() {
        Answer first = convert("ada", CONVERT, "Idempotency-Key", "k1");
        acme.forgetAnswers();

        Answer other = convert("ada", CONVERT.replace("250", "300"), "Idempotency-Key", "k1");
        Answer again = convert("ada", CONVERT, "Idempotency-Key", "k1");

        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(again.data()).isEqualTo(first.data());
    }

    @Test
    void the_key_finds_its_conversion_after_the_pair_was_removed() {
        Answer first = convert("ada", CONVERT, "Idempotency-Key", "k1");
        acme.forgetAnswers();

        acme.asAdmin("PUT", "/admin/wallets/terms", "{}");
        Answer other = convert("ada", CONVERT.replace("250", "300"), "Idempotency-Key", "k1");
        Answer again = convert("ada", CONVERT, "Idempotency-Key", "k1");
        Answer anew = convert("ada", CONVERT, "Idempotency-Key", "k2");

        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(again.status()).as(again.raw().body()).isEqualTo(200);
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(anew.violation()).isEqualTo("to_currency: is 'coins': points cannot be converted to it");
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void what_takes_too_long_is_pending_and_the_same_request_is_answered_once_it_is_decided() {
        api.wallets.beSilent(acme.id);

        Answer pending = convert("ada", CONVERT, "Idempotency-Key", "k1");
        String location = pending.header("Location").substring("/api/v1".length());
        Answer status = acme.asPlayer("ada", "GET", location, "");
        Answer foreign = acme.asPlayer("grace", "GET", location, "");
        Answer rival = api.newTenant().asPlayer("ada", "GET", location, "");
        api.wallets.accept(acme.id);
        Answer decided = eventually(
                () -> acme.asPlayer("ada", "GET", location, ""),
                answer -> answer.data().path("status").stringValue("").equals("posted"));
        Answer again = convert("ada", CONVERT, "Idempotency-Key", "k1");

        assertThat(pending.status()).as(pending.raw().body()).isEqualTo(202);
        assertThat(pending.data().path("command").path("status").stringValue()).isEqualTo("pending");
        assertThat(status.data().path("status").stringValue()).isEqualTo("pending");
        assertThat(foreign.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(rival.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(decided.data().path("sequence").longValue()).isEqualTo(1);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.data().path("command").path("command_id"))
                .isEqualTo(pending.data().path("command").path("command_id"));
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void a_refusal_of_the_wallet_is_an_error_with_its_name() {
        api.wallets.refuse(acme.id, Refusal.INSUFFICIENT_BALANCE);
        Answer insufficient = convert("ada", CONVERT);
        api.wallets.refuse(acme.id, Refusal.NOTHING_TO_CONVERT);
        Answer tooSmall = convert("ada", CONVERT);

        assertThat(insufficient.status()).isEqualTo(400);
        assertThat(insufficient.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(tooSmall.reason()).isEqualTo("WALLET_REFUSED");
        assertThat(tooSmall.error().path("metadata").path("refusal").stringValue())
                .isEqualTo("NOTHING_TO_CONVERT");
        String command = tooSmall.error().path("metadata").path("command_id").stringValue();
        assertThat(acme.asPlayer("ada", "GET", "/wallet/commands/" + command, "")
                        .data()
                        .path("refusal")
                        .stringValue())
                .isEqualTo("NOTHING_TO_CONVERT");
    }

    @Test
    void what_makes_no_sense_is_refused_before_a_wallet_is_asked() {
        Answer nothing = convert("ada", "{}");
        Answer negative = convert("ada", "{\"scope_key\": \"camp_1\", \"amount\": -1}");
        Answer unknownPair = convert("ada", "{\"scope_key\": \"camp_1\", \"amount\": 5, \"to_currency\": \"gold\"}");

        assertThat(nothing.error().path("field_violations").toString()).contains("scope_key", "amount");
        assertThat(negative.violation()).startsWith("amount: is -1");
        assertThat(unknownPair.violation()).isEqualTo("to_currency: is 'gold': points cannot be converted to it");
        assertThat(commands()).isZero();
    }

    @Test
    void a_tenant_sets_its_own_rates_and_their_date_stays_as_long_as_they_do() {
        String terms = """
                {"conversions": [{"from_currency": "points", "to_currency": "gems", "rate_from": 30, "rate_to": 2}]}""";

        Answer before = acme.asAdmin("GET", "/admin/wallets/terms", "");
        Answer set = acme.asAdmin("PUT", "/admin/wallets/terms", terms);
        api.clock.jump(Duration.ofHours(1));
        Answer again = acme.asAdmin("PUT", "/admin/wallets/terms", terms);
        Answer gems = convert("ada", "{\"scope_key\": \"camp_1\", \"amount\": 40, \"to_currency\": \"gems\"}");
        Answer coins = convert("ada", CONVERT);

        assertThat(before.data().path("revision").longValue()).isZero();
        assertThat(before.data().path("conversions").path(0).path("rate_from").longValue())
                .isEqualTo(100);
        assertThat(set.data().path("revision").longValue()).isEqualTo(1);
        assertThat(again.data().path("revision").longValue()).isEqualTo(2);
        assertThat(again.data().path("conversions").path(0).path("since"))
                .isEqualTo(set.data().path("conversions").path(0).path("since"));
        assertThat(gems.data().path("applied_conversion_rate").path("rate").longValue())
                .isEqualTo(15);
        assertThat(coins.status()).isEqualTo(400);
    }

    @Test
    void terms_that_make_no_sense_are_refused_field_by_field() {
        Answer refused = acme.asAdmin("PUT", "/admin/wallets/terms", """
                {"conversions": [{"from_currency": "points", "to_currency": "points", "rate_from": 0, "rate_to": 1}],
                 "transfers": [{"currency": "points", "min_amount": 10, "max_amount": 5, "max_per_day": 100}, null]}""");
        Answer byDesigner = acme.as("designer", "PUT", "/admin/wallets/terms", "{}");

        assertThat(refused.error().path("field_violations").toString())
                .contains(
                        "conversions[0].rate_from",
                        "conversions[0].to_currency",
                        "transfers[0].max_amount",
                        "transfers[1]");
        assertThat(byDesigner.reason()).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void nothing_is_sent_where_the_tenant_does_not_allow_it() {
        Answer refused = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND);

        assertThat(refused.status()).isEqualTo(403);
        assertThat(commands()).isZero();
    }

    @Test
    void a_transfer_keeps_to_the_limits_of_the_tenant() {
        allowTransfers();

        Answer sent = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND);
        Answer toOneself = acme.asPlayer("grace", "POST", "/wallet/transfer", SEND);
        Answer tooLittle = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND.replace("40", "9"));
        Answer tooMuch = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND.replace("40", "51"));
        Answer overTheDay = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND);
        Answer another = acme.asPlayer("linus", "POST", "/wallet/transfer", SEND);

        // A debit that moves nothing is one that the fake wallet made up; the saga goes on in the worker.
        assertThat(sent.status()).as(sent.raw().body()).isEqualTo(200);
        assertThat(sent.data().path("amount").longValue()).isEqualTo(40);
        assertThat(toOneself.violation()).isEqualTo("to_player_id: is the sender");
        assertThat(tooLittle.violation()).isEqualTo("amount: is 9, expected 10 to 50");
        assertThat(tooMuch.violation()).startsWith("amount: is 51");
        assertThat(overTheDay.error().path("metadata").toString())
                .isEqualTo("{\"left\":\"30\",\"refusal\":\"DAILY_LIMIT\"}");
        assertThat(another.status()).isEqualTo(200);
    }

    @Test
    void sender_and_receiver_see_a_transfer_and_nobody_else() {
        allowTransfers();
        String id = acme.asPlayer("ada", "POST", "/wallet/transfer", SEND, "Idempotency-Key", "k1")
                .data()
                .path("transfer_id")
                .stringValue();

        assertThat(acme.asPlayer("ada", "GET", "/wallet/transfers/" + id, "").status())
                .isEqualTo(200);
        assertThat(acme.asPlayer("grace", "GET", "/wallet/transfers/" + id, "").status())
                .isEqualTo(200);
        assertThat(acme.asPlayer("linus", "GET", "/wallet/transfers/" + id, "").status())
                .isEqualTo(404);
        assertThat(api.newTenant()
                        .asPlayer("ada", "GET", "/wallet/transfers/" + id, "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void programs_need_a_key_for_whatever_moves_something() {
        String spend = """
                {"player_id": "ada", "scope_key": "camp_1", "amounts": [{"currency": "points", "amount": 5}],
                 "ref_id": "order-7"}""";

        Answer without = acme.as("machine", "POST", "/wallets/spend", spend);
        Answer spent = acme.asMachine("POST", "/wallets/spend", spend, "k1");
        Answer again = acme.asMachine("POST", "/wallets/spend", spend, "k1");
        Answer other = acme.asMachine("POST", "/wallets/spend", spend.replace("5", "6"), "k1");
        Answer byPlayer = acme.asPlayer("ada", "POST", "/wallets/spend", spend);

        assertThat(without.violation()).isEqualTo("Idempotency-Key: is missing");
        assertThat(spent.status()).as(spent.raw().body()).isEqualTo(200);
        assertThat(again.raw().body()).isEqualTo(spent.raw().body());
        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(byPlayer.reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(commands()).isEqualTo(1);
    }

    @Test
    void a_hold_is_placed_and_then_posted_voided_or_released_by_its_id() {
        String hold = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "amount": 50, "timeout": 600}""";

        Answer placed = acme.asMachine("POST", "/wallets/holds", hold, "h1");
        String id = placed.data().path("hold_id").stringValue();
        Answer posted = acme.asMachine("POST", "/wallets/holds/" + id + "/post", "{\"amount\": 20}", "h2");
        Answer voided = acme.asMachine("POST", "/wallets/holds/" + id + "/void", "", "h3");
        Answer released = acme.asAdmin("POST", "/admin/wallets/holds/" + id + "/release", "{\"reason\": \"stuck\"}");
        Answer unknown = acme.asMachine("POST", "/wallets/holds/hold_9/void", "", "h4");
        Answer foreign = api.newTenant().asMachine("POST", "/wallets/holds/" + id + "/void", "", "h5");
        Answer endless = acme.asMachine("POST", "/wallets/holds", hold.replace("600", "0"), "h6");

        assertThat(placed.status()).as(placed.raw().body()).isEqualTo(200);
        assertThat(posted.status()).as(posted.raw().body()).isEqualTo(200);
        assertThat(voided.status()).as(voided.raw().body()).isEqualTo(200);
        assertThat(released.status()).as(released.raw().body()).isEqualTo(200);
        assertThat(unknown.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(foreign.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(endless.violation()).startsWith("timeout: is 0");
        assertThat(commands()).isEqualTo(4);
    }

    @Test
    void amounts_may_be_credited_on_terms() {
        String credit = """
                {"player_id": "ada", "scope_key": "camp_1", "amounts": [{"currency": "points", "amount": 5}], %s}""";

        Answer pending = acme.asMachine(
                "POST",
                "/wallets/credit",
                credit.formatted(
                        "\"activates_on\": \"kyc\", \"expires_after_months\": 3, \"expiry_rounding\": \"month\""),
                "c1");
        Answer activated = acme.asMachine(
                "POST",
                "/wallets/activate",
                "{\"player_id\": \"ada\", \"scope_key\": \"camp_1\", \"action\": \"kyc\"}",
                "c2");
        Answer both = acme.asMachine(
                "POST",
                "/wallets/credit",
                credit.formatted("\"activates_on\": \"kyc\", \"activates_after\": 60"),
                "c3");
        Answer rounding =
                acme.asMachine("POST", "/wallets/credit", credit.formatted("\"expiry_rounding\": \"decade\""), "c4");

        assertThat(pending.status()).as(pending.raw().body()).isEqualTo(200);
        assertThat(activated.status()).as(activated.raw().body()).isEqualTo(200);
        assertThat(both.violation()).isEqualTo("activates_on: does not go with activates_after");
        assertThat(rounding.violation())
                .isEqualTo("expiry_rounding: is 'decade', expected one of none, day, week, month");
    }

    @Test
    void operators_give_a_reason_and_are_remembered() {
        String adjust = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": -5, %s}""";

        Answer silent = acme.asAdmin("POST", "/admin/wallets/adjust", adjust.formatted("\"cause\": \"t-1\""));
        Answer adjusted = acme.as(
                "reward_manager",
                "POST",
                "/admin/wallets/adjust",
                adjust.formatted("\"reason\": \"a mistake\", \"cause\": \"t-1\""));
        Answer again = acme.asAdmin(
                "POST", "/admin/wallets/adjust", adjust.formatted("\"reason\": \"a mistake\", \"cause\": \"t-1\""));
        Answer reversed = acme.asAdmin("POST", "/admin/wallets/reverse", """
                {"player_id": "ada", "scope_key": "camp_1", "sequences": [1], "partial": true, "reason": "back again"}""");
        Answer nonsense = acme.asAdmin("POST", "/admin/wallets/reverse", """
                {"player_id": "ada", "scope_key": "camp_1", "sequences": [1, 1], "reason": "twice"}""");
        Answer actions = acme.as("support", "GET", "/admin/wallets/actions?player_id=ada", "");

        assertThat(silent.violation()).isEqualTo("reason: is missing");
        assertThat(adjusted.status()).as(adjusted.raw().body()).isEqualTo(200);
        assertThat(again.data().path("command_id")).isEqualTo(adjusted.data().path("command_id"));
        assertThat(reversed.status()).as(reversed.raw().body()).isEqualTo(200);
        assertThat(nonsense.violation()).isEqualTo("sequences: is [1, 1], expected each once");
        assertThat(actions.data().path("items").valueStream())
                .extracting(
                        action -> action.path("kind").stringValue(),
                        action -> action.path("who").stringValue(),
                        action -> action.path("reason").stringValue())
                .containsExactly(
                        tuple("reverse", "admin", "back again"), tuple("adjust", "reward_manager", "a mistake"));
        assertThat(commands()).isEqualTo(2);
    }

    @Test
    void the_key_of_an_operators_request_stands_for_the_cause_that_is_not_given() {
        String adjust = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": 5, "reason": "thanks"%s}""";
        String reverse = """
                {"player_id": "ada", "scope_key": "camp_1", "sequences": [1], "reason": "a mistake"}""";

        Answer first = operate("adjust", adjust.formatted(""), "k1");
        Answer again = operate("adjust", adjust.formatted(""), "k1");
        Answer asCause = operate("adjust", adjust.formatted(", \"cause\": \"k1\""), "k1");
        Answer more = operate("adjust", adjust.formatted("").replace("5", "6"), "k1");
        Answer another = operate("adjust", adjust.formatted("").replace("ada", "grace"), "k1");
        Answer reversed = operate("reverse", reverse, "k 2");
        Answer reversedAgain = operate("reverse", reverse, "k 2");
        Answer otherReversed = operate("reverse", reverse.replace("[1]", "[2]"), "k 2");

        assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
        assertThat(again.data()).isEqualTo(first.data());
        assertThat(asCause.data()).isEqualTo(first.data());
        assertThat(more.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(another.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(reversed.status()).as(reversed.raw().body()).isEqualTo(200);
        assertThat(reversedAgain.data()).isEqualTo(reversed.data());
        assertThat(otherReversed.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(commands()).isEqualTo(2);
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .hasSize(2);
    }

    @Test
    void the_same_key_of_an_operator_is_answered_once_the_wallet_has_said_what_it_came_to() {
        String adjust = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": -5, "reason": "a mistake"}""";
        api.wallets.beSilent(acme.id);
        Answer pending = operate("adjust", adjust, "k1");
        api.wallets.accept(acme.id);
        Answer decided = operate("adjust", adjust, "k1");
        api.wallets.refuse(acme.id, Refusal.INSUFFICIENT_BALANCE);
        Answer refused = operate("adjust", adjust, "k2");
        api.wallets.accept(acme.id);
        Answer stillRefused = operate("adjust", adjust, "k2");

        assertThat(pending.status()).as(pending.raw().body()).isEqualTo(202);
        assertThat(decided.status()).as(decided.raw().body()).isEqualTo(200);
        assertThat(decided.data().path("command_id")).isEqualTo(pending.data().path("command_id"));
        assertThat(refused.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(stillRefused.data()).isEqualTo(refused.data());
        assertThat(commands()).isEqualTo(2);
    }

    @Test
    void a_key_that_is_not_the_cause_or_is_too_long_or_blank_is_refused() {
        String adjust = """
                {"player_id": "ada", "scope_key": "camp_1", "currency": "points", "delta": 5, "reason": "thanks",
                 "cause": "t-1"}""";
        String reverse = """
                {"player_id": "ada", "scope_key": "camp_1", "sequences": [1], "reason": "a mistake"}""";

        Answer both = operate("adjust", adjust, "k1");
        Answer blank = operate("reverse", reverse, " ");
        Answer endless = operate("reverse", reverse, "k".repeat(256));

        assertThat(both.violation())
                .isEqualTo("Idempotency-Key: is not the cause: give one of them, or the same as both");
        assertThat(blank.violation()).isEqualTo("Idempotency-Key: has 0 characters, expected 1 to 255");
        assertThat(endless.violation()).isEqualTo("Idempotency-Key: has 256 characters, expected 1 to 255");
        assertThat(commands()).isZero();
    }

    @Test
    void players_and_support_move_nothing() {
        for (String roles : List.of("support", "designer", "machine")) {
            assertThat(acme.as(roles, "POST", "/admin/wallets/adjust", "{}").reason())
                    .isEqualTo("PERMISSION_DENIED");
        }
        assertThat(acme.asPlayer("ada", "POST", "/admin/wallets/adjust", "{}").reason())
                .isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void a_table_of_grants_is_worked_off_line_by_line() {
        String table = """
                player_id,scope_key,currency,amount,ref
                ada,camp_1,points,10,order-1
                grace,camp_1,"points",20,order-2
                linus,camp_1,points,minus five,
                ada,camp_1,points,10,order-1
                """;

        Answer begun = acme.sendTable("/admin/wallets/grants?reason=summer&cause=g-1", table);
        String location = begun.header("Location").substring("/api/v1".length());
        Answer done = eventually(
                () -> acme.asAdmin("GET", location, ""),
                answer -> answer.data().path("status").stringValue("").equals("done"));
        Answer again = acme.sendTable("/admin/wallets/grants?reason=summer&cause=g-1", table);
        Answer other = acme.sendTable("/admin/wallets/grants?reason=summer&cause=g-1", table.replace("20", "30"));
        Answer failed = acme.asAdmin("GET", location + "/lines?failed=true", "");
        Answer lines = acme.asAdmin("GET", location + "/lines?limit=2", "");

        assertThat(begun.status()).as(begun.raw().body()).isEqualTo(202);
        assertThat(counts(done)).containsExactly(4L, 0L, 0L, 2L, 1L, 0L, 1L);
        assertThat(again.header("Location")).endsWith(location);
        assertThat(other.reason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        assertThat(failed.data().path("items").toString())
                .contains("\"line\":4", "amount is 'minus five', expected a whole number");
        assertThat(lines.data().path("items")).hasSize(2);
        assertThat(lines.data().path("pagination").path("has_more").booleanValue())
                .isTrue();
        assertThat(commands()).isEqualTo(2);
    }

    @Test
    void a_table_without_a_reason_or_with_another_heading_is_refused() {
        String table = "player_id,scope_key,currency,amount\nada,camp_1,points,10\n";

        assertThat(acme.sendTable("/admin/wallets/grants", table).violation()).isEqualTo("reason: is missing");
        assertThat(acme.sendTable("/admin/wallets/grants?reason=x", table.replace("amount", "points"))
                        .violation())
                .startsWith("table: has no column amount");
        assertThat(acme.sendTable("/admin/wallets/grants?reason=x", "player_id,scope_key,currency,amount\n")
                        .violation())
                .isEqualTo("table: has 0 lines, expected 1 to 5000");
        assertThat(acme.asAdmin("GET", "/admin/wallets/grants/grant_9", "").status())
                .isEqualTo(404);
    }

    private void thereAre(long points) {
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 1, "balances": [{"currency": "points",
                 "balance": %1$d, "held": 0, "lifetime_earned": %1$d, "lifetime_spent": 0, "pending": 0, "expiring": []}]}],
                 "freshness": {"fresh": true, "applied_sequence": 1}}""".formatted(points));
    }

    private void allowTransfers() {
        Answer set = acme.asAdmin("PUT", "/admin/wallets/terms", """
                {"transfers": [{"currency": "points", "min_amount": 10, "max_amount": 50, "max_per_day": 70}]}""");
        assertThat(set.status()).as(set.raw().body()).isEqualTo(200);
    }

    private Answer convert(String player, String body, String... headers) {
        return acme.asPlayer(player, "POST", "/wallet/convert", body, headers);
    }

    private long commands() {
        return api.jdbc
                .sql("select count(*) from wallet_command where tenant_id = ?")
                .param(acme.id)
                .query(Long.class)
                .single();
    }

    private static List<Long> counts(Answer grant) {
        var counts = new ArrayList<Long>();
        for (String field : List.of("lines", "waiting", "undecided", "granted", "known", "refused", "invalid")) {
            counts.add(grant.data().path(field).longValue());
        }
        return counts;
    }

    private Answer operate(String route, String body, String key) {
        return acme.asPlayer(
                "ann", "POST", "/admin/wallets/" + route, body, "X-Roles", "admin", "Idempotency-Key", key);
    }

    private static Answer eventually(Supplier<Answer> look, Predicate<Answer> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Answer seen = look.get();
        while (!wanted.test(seen)) {
            assertThat(System.nanoTime()).as("still %s", seen.raw().body()).isLessThan(deadline);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            seen = look.get();
        }
        return seen;
    }
}
