package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.standalone.Web.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Wallets over HTTP, on the real parts: what is asked, what comes of it, and what the books say. */
@ExtendWith(RunningPlatform.Extension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WalletMovesIT {

    private static final String TENANT = "moves";
    private static final String SCOPE = "camp_moves";

    private final RunningPlatform platform;
    private final Web admin;
    private final Web machine;

    WalletMovesIT(RunningPlatform platform) {
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
        this.machine = platform.api().with("X-Tenant-Id", TENANT).with("X-Roles", "machine");
    }

    @BeforeAll
    void players_may_send_points() throws Exception {
        Answer terms = admin.put("/api/v1/admin/wallets/terms", """
                {"conversions": [{"from_currency": "points", "to_currency": "coins", "rate_from": 100, "rate_to": 1}],
                 "transfers": [{"currency": "points", "max_amount": 100, "max_per_day": 1000}]}""");
        assertThat(terms.status()).as("%s", terms.body()).isEqualTo(200);
    }

    @Test
    void of_fifty_who_spend_a_balance_for_one_one_does() throws Exception {
        adjust("ada", "points", 10);
        List<Callable<Answer>> spends = Collections.nCopies(50, () -> spend("ada", 10));

        List<Answer> answers = onThreads(50, spends);

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.reason().equals("INSUFFICIENT_BALANCE"))
                .hasSize(49);
        assertThat(balance("ada", "points").path("balance").asLong()).isZero();
    }

    @Test
    void points_that_go_round_a_ring_are_earned_by_nobody_and_none_is_on_its_way_at_rest() throws Exception {
        List<String> ring = IntStream.range(0, 5).mapToObj(n -> "ring" + n).toList();
        for (String player : ring) {
            adjust(player, "points", 100);
        }

        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < ring.size(); i++) {
                Answer sent = transfer(ring.get(i), ring.get((i + 1) % ring.size()), 60);
                assertThat(sent.status()).as("%s", sent.body()).isEqualTo(200);
                String id = sent.data().path("transfer_id").asString();
                Web sender = player(ring.get(i));
                eventually(
                        () -> sender.get("/api/v1/wallet/transfers/" + id),
                        transfer -> transfer.data().path("status").asString().equals("completed"));
            }
        }

        for (String player : ring) {
            JsonNode points = balance(player, "points");
            assertThat(points.path("balance").asLong()).isEqualTo(100);
            assertThat(points.path("lifetime_earned").asLong()).isEqualTo(100);
        }
        JsonNode sheet = sheet("points");
        assertThat(sheet.path("balanced").asBoolean()).isTrue();
        assertThat(sheet.path("totals").path("transferred").asLong()).isZero();
    }

    @Test
    void a_transfer_that_cannot_be_paid_leaves_both_as_they_were() throws Exception {
        Answer refused = transfer("margaret", "barbara", 5);

        assertThat(refused.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(balance("barbara", "points").path("balance").asLong()).isZero();
    }

    @Test
    void many_conversions_at_once_lose_nothing() throws Exception {
        adjust("grace", "points", 1_000);
        List<Callable<Answer>> conversions = Collections.nCopies(
                12,
                () -> player("grace")
                        .with("Idempotency-Key", UUID.randomUUID().toString())
                        .post("/api/v1/wallet/convert", "{\"scope_key\": \"%s\", \"amount\": 150}".formatted(SCOPE)));

        List<Answer> answers = onThreads(12, conversions);

        long converted =
                answers.stream().filter(answer -> answer.status() == 200).count();
        long points = balance("grace", "points").path("balance").asLong();
        long coins = balance("grace", "coins").path("balance").asLong();
        assertThat(converted).isPositive();
        assertThat(coins).isEqualTo(converted);
        assertThat(points + coins * 100).isEqualTo(1_000);
        JsonNode line = player("grace")
                .get("/api/v1/wallet/ledger?scope_key=" + SCOPE)
                .data()
                .path("items")
                .path(0);
        assertThat(line.path("reason").asString()).isEqualTo("convert");
        assertThat(line.path("applied_conversion_rate").path("rate_from").asLong())
                .isEqualTo(100);
    }

    @Test
    void a_reversal_undoes_exactly_what_was_done_and_only_once() throws Exception {
        Answer credited = credit("linus", 30);
        long expiresAt = firstExpiry("linus");
        Answer spent = spend("linus", 20);

        Answer reversed = reverse("linus", sequence(spent));
        Answer again = reverse("linus", sequence(spent));
        JsonNode points = balance("linus", "points");

        assertThat(credited.status()).as("%s", credited.body()).isEqualTo(200);
        assertThat(reversed.status()).as("%s", reversed.body()).isEqualTo(200);
        assertThat(again.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(points.path("balance").asLong()).isEqualTo(30);
        assertThat(points.path("lifetime_spent").asLong()).isZero();
        assertThat(points.path("expiring").path(0).path("amount").asLong()).isEqualTo(30);
        assertThat(points.path("expiring").path(0).path("expires_at").asLong()).isEqualTo(expiresAt);
    }

    @Test
    void a_reversal_that_was_a_mistake_is_reversed_in_its_turn() throws Exception {
        Answer credited = credit("radia", 30);
        Answer spent = spend("radia", 20);
        Answer reversed = reverse("radia", sequence(spent));

        Answer spentAgain = reverse("radia", sequence(reversed));
        Answer again = reverse("radia", sequence(reversed));
        List<JsonNode> lines = ledger("radia");

        assertThat(credited.status()).as("%s", credited.body()).isEqualTo(200);
        assertThat(spentAgain.status()).as("%s", spentAgain.body()).isEqualTo(200);
        assertThat(again.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(balance("radia", "points").path("balance").asLong()).isEqualTo(10);
        assertThat(balance("radia", "points").path("lifetime_spent").asLong()).isEqualTo(20);
        assertThat(lines)
                .extracting(
                        line -> line.path("sequence").asLong(),
                        line -> line.path("reverses").toString(),
                        line -> line.path("reversed_by").toString())
                .containsExactly(
                        tuple(4L, "[3]", "null"), tuple(3L, "[2]", "4"), tuple(2L, "[]", "3"), tuple(1L, "[]", "null"));
    }

    @Test
    void points_that_went_over_by_mistake_come_back_with_their_expiry() throws Exception {
        credit("frances", 50);
        adjust("kathleen", "points", 5);
        long expiresAt = firstExpiry("frances");
        Answer sent = transfer("frances", "kathleen", 40);
        String id = sent.data().path("transfer_id").asString();
        completed(id);
        long expiresThere = firstExpiry("kathleen");
        Answer ofTheLeg = reverse("frances", 2);

        Answer reversed = reverseTransfer(id);
        String back = reversed.data().path("transfer_id").asString();
        JsonNode arrived = completed(back).data();
        Answer again = reverseTransfer(id);

        assertThat(expiresThere).isEqualTo(expiresAt);
        assertThat(ofTheLeg.reason()).isEqualTo("WALLET_REFUSED");
        assertThat(ofTheLeg.body().path("message").asString())
                .contains("command 2 is a leg of transfer " + id + ": reverse the transfer");
        assertThat(reversed.status()).as("%s", reversed.body()).isEqualTo(200);
        assertThat(arrived.path("reverses").asString()).isEqualTo(id);
        assertThat(again.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(balance("frances", "points").path("balance").asLong()).isEqualTo(50);
        assertThat(balance("frances", "points")
                        .path("expiring")
                        .path(0)
                        .path("amount")
                        .asLong())
                .isEqualTo(50);
        assertThat(firstExpiry("frances")).isEqualTo(expiresAt);
        assertThat(balance("kathleen", "points").path("balance").asLong()).isEqualTo(5);
        assertThat(balance("kathleen", "points").path("expiring").isEmpty()).isTrue();
        JsonNode sheet = eventually(() -> sheet("points"), seen -> transferred(seen) == 0);
        assertThat(sheet.path("balanced").asBoolean()).isTrue();
    }

    @Test
    void what_the_receiver_has_spent_is_not_taken_back() throws Exception {
        adjust("joan", "points", 40);
        Answer sent = transfer("joan", "mary", 40);
        String id = sent.data().path("transfer_id").asString();
        completed(id);
        spend("mary", 1);

        Answer refused = reverseTransfer(id);
        JsonNode original = eventually(
                () -> completed(id).data(),
                transfer -> transfer.path("reversed_by").isNull());

        assertThat(refused.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(balance("mary", "points").path("balance").asLong()).isEqualTo(39);
        assertThat(original.path("amount").asLong()).isEqualTo(40);
    }

    @Test
    void what_is_held_cannot_be_spent_until_it_is_given_back() throws Exception {
        adjust("hedy", "points", 100);
        Answer hold = machine.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallets/holds", """
                        {"player_id": "hedy", "scope_key": "%s", "currency": "points", "amount": 80, "timeout": 3600}""".formatted(SCOPE));
        String id = hold.data().path("hold_id").asString();
        long held = balance("hedy", "points").path("held").asLong();
        Answer tooMuch = spend("hedy", 30);

        Answer posted = machine.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallets/holds/%s/post".formatted(id), "{\"amount\": 25}");
        Answer gone = admin.post(
                "/api/v1/admin/wallets/holds/%s/release".formatted(id), "{\"reason\": \"is it still there?\"}");

        assertThat(held).isEqualTo(80);
        assertThat(tooMuch.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(posted.status()).as("%s", posted.body()).isEqualTo(200);
        assertThat(gone.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(balance("hedy", "points").path("balance").asLong()).isEqualTo(75);
        assertThat(balance("hedy", "points").path("held").asLong()).isZero();
    }

    @Test
    void a_table_reaches_every_wallet_that_it_names() throws Exception {
        var table = new StringBuilder("player_id,scope_key,currency,amount\n");
        for (int n = 0; n < 300; n++) {
            table.append("crowd%d,%s,gems,2\n".formatted(n % 30, SCOPE));
        }

        Answer begun = admin.postTable("/api/v1/admin/wallets/grants?reason=thanks", table.toString());
        String id = begun.data().path("grant_id").asString();
        Answer done = eventually(
                () -> admin.get("/api/v1/admin/wallets/grants/" + id),
                answer -> answer.data().path("status").asString().equals("done"));

        assertThat(done.data().path("granted").asLong()).isEqualTo(300);
        assertThat(balance("crowd7", "gems").path("balance").asLong()).isEqualTo(20);
        assertThat(sheet("gems").path("totals").path("issued").asLong()).isEqualTo(600);
    }

    private Web player(String player) {
        return platform.api().player(TENANT, player);
    }

    private void adjust(String player, String currency, long delta) throws Exception {
        Answer adjusted = admin.post("/api/v1/admin/wallets/adjust", """
                {"player_id": "%s", "scope_key": "%s", "currency": "%s", "delta": %d, "reason": "for a test"}""".formatted(player, SCOPE, currency, delta));
        assertThat(adjusted.status()).as("%s", adjusted.body()).isEqualTo(200);
    }

    private Answer credit(String player, long amount) throws Exception {
        return machine.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallets/credit", """
                        {"player_id": "%s", "scope_key": "%s", "amounts": [{"currency": "points", "amount": %d}],
                         "expires_after_days": 30, "expiry_rounding": "month"}""".formatted(player, SCOPE, amount));
    }

    private Answer spend(String player, long amount) throws Exception {
        return machine.with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallets/spend", """
                        {"player_id": "%s", "scope_key": "%s", "amounts": [{"currency": "points", "amount": %d}]}""".formatted(player, SCOPE, amount));
    }

    private Answer transfer(String from, String to, long amount) throws Exception {
        return player(from)
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallet/transfer", """
                        {"scope_key": "%s", "to_player_id": "%s", "currency": "points", "amount": %d}""".formatted(SCOPE, to, amount));
    }

    private Answer reverse(String player, long sequence) throws Exception {
        return admin.post("/api/v1/admin/wallets/reverse", """
                {"player_id": "%s", "scope_key": "%s", "sequences": [%d], "reason": "for a test"}""".formatted(player, SCOPE, sequence));
    }

    private Answer reverseTransfer(String id) throws Exception {
        return admin.post(
                "/api/v1/admin/wallets/transfers/%s/reverse".formatted(id), "{\"reason\": \"sent by mistake\"}");
    }

    private Answer completed(String transfer) throws Exception {
        return eventually(
                () -> admin.get("/api/v1/admin/wallets/transfers/" + transfer),
                seen -> seen.data().path("status").asString().equals("completed"));
    }

    private List<JsonNode> ledger(String player) throws Exception {
        return player(player)
                .get("/api/v1/wallet/ledger?scope_key=" + SCOPE)
                .data()
                .path("items")
                .valueStream()
                .toList();
    }

    private long firstExpiry(String player) throws Exception {
        return balance(player, "points")
                .path("expiring")
                .path(0)
                .path("expires_at")
                .asLong();
    }

    private static long transferred(JsonNode sheet) {
        return sheet.path("totals").path("transferred").asLong();
    }

    private static long sequence(Answer command) {
        assertThat(command.status()).as("%s", command.body()).isEqualTo(200);
        return command.data().path("sequence").asLong();
    }

    private JsonNode balance(String player, String currency) throws Exception {
        return player(player)
                .get("/api/v1/wallet?scope_key=" + SCOPE)
                .data()
                .path("balances")
                .valueStream()
                .filter(balance -> balance.path("currency").asString().equals(currency))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private JsonNode sheet(String currency) throws Exception {
        return admin.get("/api/v1/admin/wallets/balance-sheet")
                .data()
                .path("sheets")
                .valueStream()
                .filter(sheet -> sheet.path("currency").asString().equals(currency))
                .findFirst()
                .orElseThrow();
    }

    private static <T> List<T> onThreads(int threads, List<Callable<T>> calls) throws Exception {
        var results = new ArrayList<T>();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            for (Future<T> future : pool.invokeAll(calls)) {
                results.add(future.get());
            }
        }
        return results;
    }
}
