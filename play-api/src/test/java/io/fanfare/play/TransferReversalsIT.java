package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.play.RunningApi.Tenant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operators take transfers back; the wallets app is a fake, and there is no worker: a transfer is as far as the table is told. */
@OnEveryDatabase
class TransferReversalsIT {

    private static final String REASON = "{\"reason\": \"sent to the wrong grace\"}";

    private final RunningApi api;
    private final Tenant acme;

    TransferReversalsIT(RunningApi api) {
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
    void what_arrived_goes_back_and_who_took_it_back_is_remembered() {
        String id = completed();

        Answer reversed = acme.as("reward_manager", "POST", path(id) + "/reverse", REASON);
        JsonNode back = reversed.data();
        String backId = back.path("transfer_id").stringValue();
        JsonNode original = acme.as("support", "GET", path(id), "").data();
        JsonNode seen =
                acme.asPlayer("grace", "GET", "/wallet/transfers/" + backId, "").data();
        Answer actions = acme.as("support", "GET", "/admin/wallets/actions?player_id=grace", "");

        assertThat(reversed.status()).as(reversed.raw().body()).isEqualTo(200);
        assertThat(back.path("from_player_id").stringValue()).isEqualTo("grace");
        assertThat(back.path("to_player_id").stringValue()).isEqualTo("ada");
        assertThat(back.path("amount").longValue()).isEqualTo(40);
        assertThat(back.path("reverses").stringValue()).isEqualTo(id);
        assertThat(back.path("reversed_by").isNull()).isTrue();
        assertThat(original.path("reversed_by").stringValue()).isEqualTo(backId);
        assertThat(original.path("reverses").isNull()).isTrue();
        assertThat(seen.path("reverses").stringValue()).isEqualTo(id);
        assertThat(actions.data().path("items").valueStream())
                .extracting(
                        action -> action.path("kind").stringValue(),
                        action -> action.path("who").stringValue(),
                        action -> action.path("reason").stringValue(),
                        action -> action.path("command_id").stringValue())
                .containsExactly(tuple(
                        "reverse_transfer",
                        "reward_manager",
                        "sent to the wrong grace",
                        back.path("waits_for").path("command_id").stringValue()));
    }

    @Test
    void the_same_key_takes_it_back_once_and_another_finds_it_taken_back() {
        String id = completed();

        Answer first = reverse(id, REASON, "Idempotency-Key", "k1");
        Answer second = reverse(id, "{\"reason\": \"in other words\"}", "Idempotency-Key", "k1");
        Answer other = reverse(id, REASON, "Idempotency-Key", "k2");
        Answer none = reverse(id, REASON);

        assertThat(first.status()).as(first.raw().body()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.data()).isEqualTo(first.data());
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(other.error().path("metadata").path("reversed_by"))
                .isEqualTo(first.data().path("transfer_id"));
        assertThat(none.reason()).isEqualTo("ALREADY_EXISTS");
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .hasSize(1);
    }

    @Test
    void a_wallet_that_has_not_answered_yet_is_answered_for_with_202() {
        String id = completed();
        api.wallets.beSilent(acme.id);

        Answer reversed = reverse(id, REASON);

        assertThat(reversed.status()).as(reversed.raw().body()).isEqualTo(202);
        assertThat(reversed.header("Location"))
                .isEqualTo("/api/v1" + path(reversed.data().path("transfer_id").stringValue()));
        api.wallets.accept(acme.id);
    }

    @Test
    void a_receiver_who_has_too_little_left_keeps_it() {
        String id = completed();
        api.wallets.refuse(acme.id, Refusal.INSUFFICIENT_BALANCE);

        Answer refused = reverse(id, REASON, "Idempotency-Key", "k1");
        Answer again = reverse(id, REASON, "Idempotency-Key", "k1");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.reason()).isEqualTo("INSUFFICIENT_BALANCE");
        assertThat(again.data()).isEqualTo(refused.data());
        api.wallets.accept(acme.id);
    }

    @Test
    void only_what_has_arrived_is_taken_back() {
        String id = send();

        Answer pending = reverse(id, REASON);

        assertThat(pending.status()).isEqualTo(400);
        assertThat(pending.reason()).isEqualTo("WALLET_REFUSED");
        assertThat(pending.error().path("metadata").path("refusal").stringValue())
                .isEqualTo("NOT_REVERSIBLE");
        assertThat(pending.error().path("metadata").path("status").stringValue())
                .isEqualTo("pending");
    }

    @Test
    void taking_back_needs_a_reason_a_role_and_a_transfer_of_the_tenant() {
        String id = completed();

        assertThat(reverse(id, "{}").violation()).startsWith("reason: ");
        assertThat(reverse(id, REASON, "Idempotency-Key", "k".repeat(256)).violation())
                .startsWith("Idempotency-Key: ");
        assertThat(acme.as("support", "POST", path(id) + "/reverse", REASON).reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asPlayer("ada", "POST", path(id) + "/reverse", REASON).reason())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(api.newTenant()
                        .asAdmin("POST", path(id) + "/reverse", REASON)
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(reverse("tr_none", REASON).reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(acme.asAdmin("GET", "/admin/wallets/actions", "").data().path("items"))
                .isEmpty();
    }

    private String completed() {
        String id = send();
        api.jdbc
                .sql("update wallet_transfer set status = 'completed' where tenant_id = ? and transfer_id = ?")
                .param(acme.id)
                .param(id)
                .update();
        return id;
    }

    private String send() {
        Answer sent = acme.asPlayer("ada", "POST", "/wallet/transfer", """
                {"scope_key": "camp_1", "to_player_id": "grace", "currency": "points", "amount": 40}""");
        assertThat(sent.status()).as(sent.raw().body()).isEqualTo(200);
        return sent.data().path("transfer_id").stringValue();
    }

    private Answer reverse(String id, String body, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "X-Roles";
        all[1] = "admin";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return acme.asPlayer("ann", "POST", path(id) + "/reverse", body, all);
    }

    private static String path(String id) {
        return "/admin/wallets/transfers/" + id;
    }
}
