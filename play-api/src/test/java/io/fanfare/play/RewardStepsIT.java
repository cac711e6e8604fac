package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What players and operators do with rewards, over HTTP, on the real database. */
@OnEveryDatabase
class RewardStepsIT {

    private final RunningApi api;
    private final Tenant acme;

    RewardStepsIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void a_player_claims_a_reward_once() {
        String reward = won("ada", "on_claim", 0);

        Answer claimed = acme.asPlayer("ada", "POST", "/players/me/rewards/%s/claim".formatted(reward), "");
        Answer again = acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(reward), "");
        Answer others = acme.asPlayer("grace", "POST", "/rewards/%s/claim".formatted(reward), "");

        assertThat(claimed.status()).as(claimed.raw().body()).isEqualTo(200);
        assertThat(claimed.data().path("status").stringValue()).isEqualTo("claimed");
        assertThat(claimed.data().path("code").stringValue()).isEqualTo("MUG-1");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.reason()).isEqualTo("REWARD_ALREADY_CLAIMED");
        assertThat(others.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void what_is_fulfilled_cannot_be_claimed() {
        String instant = won("ada", "instant", 0);
        String manual = won("ada", "manual", 0);

        Answer fulfilled = acme.asAdmin("POST", "/admin/rewards/%s/fulfill".formatted(manual), "");
        Answer claimed = acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(instant), "");

        assertThat(fulfilled.data().path("status").stringValue()).isEqualTo("fulfilled");
        assertThat(claimed.status()).isEqualTo(400);
        assertThat(claimed.reason()).isEqualTo("REWARD_INVALID_STATE");
    }

    @Test
    void an_operator_revokes_a_reward_and_its_unit_can_be_won_again() {
        String reward = won("ada", "on_claim", 0);

        Answer revoked =
                acme.asAdmin("POST", "/admin/rewards/%s/revoke".formatted(reward), "{\"reason\": \"not a customer\"}");
        Answer again = acme.asAdmin("POST", "/admin/rewards/%s/revoke".formatted(reward), "{\"restock\": true}");
        Answer prize = acme.asAdmin(
                "GET", "/admin/prizes/" + revoked.data().path("prize_id").stringValue(), "");

        assertThat(revoked.data().path("status").stringValue()).isEqualTo("revoked");
        assertThat(revoked.data().path("code").isNull()).isTrue();
        assertThat(again.reason()).isEqualTo("REWARD_INVALID_STATE");
        assertThat(prize.data().path("stock").path("remaining").longValue()).isEqualTo(2);
    }

    @Test
    void what_is_not_claimed_in_time_cannot_be_claimed_any_more() {
        String reward = won("ada", "on_claim", 60);
        Answer before = acme.asPlayer("ada", "GET", "/rewards/me", "");
        api.clock.jump(Duration.ofSeconds(61));

        Answer claimed = acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(reward), "");

        var item = before.data().path("items").path(0);
        assertThat(item.path("expires_at").longValue() - item.path("created_at").longValue())
                .isEqualTo(60);
        assertThat(claimed.reason()).isEqualTo("REWARD_INVALID_STATE");
    }

    @Test
    void players_take_no_operators_steps() {
        String reward = won("ada", "on_claim", 0);

        Answer revoked = acme.asPlayer("ada", "POST", "/admin/rewards/%s/revoke".formatted(reward), "{}");

        assertThat(revoked.reason()).isEqualTo("PERMISSION_DENIED");
    }

    private String won(String player, String mode, long validForSeconds) {
        String prize = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "voucher", "value": 900, "stock": {"total": 2},
                 "fulfillment": {"redemption_mode": "%s", "channel": "voucher_code", "valid_for_seconds": %d}}""".formatted(mode, validForSeconds), "prize_id");
        acme.asAdmin("POST", "/admin/prizes/%s/codes".formatted(prize), "{\"codes\": [\"MUG-1\", \"MUG-2\"]}");
        String game = acme.wheelOf(prize, "{}");
        Answer played = acme.play(player, game, acme.startedBy(player, game));
        return played.data().path("rewards").path(0).path("reward_id").stringValue();
    }
}
