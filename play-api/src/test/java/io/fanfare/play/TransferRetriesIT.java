package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators do about transfers that stand still; the wallets app is a fake, and there is no worker: nothing follows by itself. */
@OnEveryDatabase
class TransferRetriesIT {

    private static final String REASON = "{\"reason\": \"lost with a disk\"}";

    private final RunningApi api;
    private final Tenant acme;

    TransferRetriesIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @BeforeEach
    void players_may_send_points() {
        Answer terms = acme.asAdmin("PUT", "/admin/wallets/terms", """
                {"transfers": [{"currency": "points", "min_amount": 1, "max_amount": 50, "max_per_day": 500}]}""");
        assertThat(terms.status()).as(terms.raw().body()).isEqualTo(200);
    }

    @Test
    void a_leg_whose_command_was_lost_is_given_anew_when_its_number_is_filled_and_who_did_it_is_remembered() {
        String id = send("ada", 40);
        lose("ada");
        Answer before = retry(id, REASON);
        mend("ada");

        Answer retried = acme.as("reward_manager", "POST", path(id) + "/retry", REASON);
        Answer again = retry(id, REASON);
        Answer actions = acme.as("support", "GET", "/admin/wallets/actions?player_id=ada&limit=1", "");

        assertThat(before.status()).isEqualTo(409);
        assertThat(before.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(before.error().path("metadata").path("sequence").stringValue())
                .isEqualTo("1");
        assertThat(retried.status()).as(retried.raw().body()).isEqualTo(200);
        assertThat(retried.data().path("attempt").intValue()).isEqualTo(2);
        assertThat(retried.data().path("waits_for").path("player_id").stringValue())
                .isEqualTo("ada");
        assertThat(retried.data().path("waits_for").path("sequence").longValue())
                .isEqualTo(2);
        assertThat(again.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(actions.data().path("items").valueStream())
                .extracting(
                        action -> action.path("kind").stringValue(),
                        action -> action.path("who").stringValue(),
                        action -> action.path("reason").stringValue(),
                        action -> action.path("command_id").stringValue())
                .containsExactly(tuple(
                        "retry",
                        "reward_manager",
                        "lost with a disk",
                        retried.data().path("waits_for").path("command_id").stringValue()));
    }

    @Test
    void the_same_key_retries_once() {
        String id = send("ada", 40);
        lose("ada");
        mend("ada");

        Answer first = retry(id, REASON, "Idempotency-Key", "k1");
        Answer second = retry(id, REASON, "Idempotency-Key", "k1");

        assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data()).isEqualTo(first.data());
        assertThat(retry(id, REASON, "Idempotency-Key", "k2").status()).isEqualTo(409);
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .hasSize(2);
    }

    @Test
    void a_wallet_that_has_not_answered_yet_is_answered_for_with_202() {
        String id = send("ada", 40);
        lose("ada");
        mend("ada");
        api.wallets.beSilent(acme.id);

        Answer retried = retry(id, REASON);

        assertThat(retried.status()).as(retried.raw().body()).isEqualTo(202);
        assertThat(retried.header("Location")).isEqualTo("/api/v1" + path(id));
        api.wallets.accept(acme.id);
    }

    @Test
    void a_transfer_that_was_refused_misses_nothing() {
        String id = send("ada", 40);
        api.jdbc
                .sql("update wallet_transfer set status = 'refused' where tenant_id = ?")
                .param(acme.id)
                .update();

        Answer retried = retry(id, REASON);

        assertThat(retried.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(retried.error().path("metadata").toString()).isEqualTo("{\"status\":\"refused\"}");
        assertThat(ids("")).isEmpty();
        assertThat(ids("?status=refused")).containsExactly(id);
    }

    @Test
    void retrying_needs_a_reason_a_role_and_a_transfer_of_the_tenant() {
        String id = send("ada", 40);

        assertThat(retry(id, "{}").violation()).startsWith("reason: ");
        assertThat(retry(id, REASON, "Idempotency-Key", "k".repeat(256)).violation())
                .startsWith("Idempotency-Key: ");
        assertThat(acme.as("support", "POST", path(id) + "/retry", REASON).reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asPlayer("ada", "POST", path(id) + "/retry", REASON).reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(api.newTenant().asAdmin("POST", path(id) + "/retry", REASON).reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .isEmpty();
    }

    @Test
    void operators_see_transfers_that_have_not_ended_page_by_page() {
        String first = send("ada", 10);
        String second = send("linus", 20);

        Answer page = acme.as("support", "GET", "/admin/wallets/transfers?limit=1", "");
        String cursor = page.data().path("pagination").path("next_cursor").stringValue();

        assertThat(ids("")).containsExactlyInAnyOrder(first, second);
        assertThat(page.data().path("items")).hasSize(1);
        assertThat(ids("?limit=1&cursor=" + cursor)).hasSize(1).doesNotContainAnyElementsOf(ids("?limit=1"));
        assertThat(ids("?status=pending")).hasSize(2);
        assertThat(ids("?status=stranded")).isEmpty();
        assertThat(acme.asAdmin("GET", path(second), "").data().path("amount").longValue())
                .isEqualTo(20);
        assertThat(acme.asAdmin("GET", path("tr_none"), "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("GET", "/admin/wallets/transfers?status=gone", "")
                        .violation())
                .startsWith("status: is 'gone', expected one of pending, refused");
        assertThat(acme.asAdmin("GET", "/admin/wallets/transfers?cursor=eA", "").violation())
                .startsWith("cursor: ");
        assertThat(acme.asPlayer("ada", "GET", "/admin/wallets/transfers", "").reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(api.newTenant()
                        .asAdmin("GET", "/admin/wallets/transfers", "")
                        .data()
                        .path("items"))
                .isEmpty();
    }

    private String send(String from, long amount) {
        Answer sent = acme.asPlayer(from, "POST", "/wallet/transfer", """
                {"scope_key": "camp_1", "to_player_id": "grace", "currency": "points", "amount": %d}""".formatted(amount));
        assertThat(sent.status()).as(sent.raw().body()).isEqualTo(200);
        return sent.data().path("transfer_id").stringValue();
    }

    private Answer retry(String id, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Roles";
        all[1] = "admin";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return acme.asPlayer("ann", "POST", path(id) + "/retry", body, all);
    }

    private static String path(String id) {
        return "/admin/wallets/transfers/" + id;
    }

    private List<String> ids(String query) {
        return acme.asAdmin("GET", "/admin/wallets/transfers" + query, "")
                .data()
                .path("items")
                .valueStream()
                .map(transfer -> transfer.path("transfer_id").stringValue())
                .toList();
    }

    private void lose(String player) {
        int lost = api.jdbc
                .sql("delete from wallet_command where tenant_id = ? and player_id = ?")
                .param(acme.id)
                .param(player)
                .update();
        assertThat(lost).isEqualTo(1);
    }

    private void mend(String player) {
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 0, "balances": [], "missing_sequence": 1}],
                 "freshness": {"fresh": false, "applied_sequence": 0}}""");
        Answer filled = acme.asAdmin("POST", "/admin/wallets/gaps/mend", """
                {"player_id": "%s", "scope_key": "camp_1", "sequence": 1, "reason": "lost with a disk"}""".formatted(player));
        assertThat(filled.status()).as(filled.raw().body()).isEqualTo(200);
    }
}
