package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

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
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.reason()).isEqualTo("REWARD_INVALID_STATE");
        assertThat(again.error().path("metadata").path("why").stringValue()).isEqualTo("already_claimed");
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

    @Test
    void a_reward_says_when_it_came_to_its_states_and_its_player_reads_no_more_than_that() {
        String reward = won("ada", "on_claim", 0);
        api.clock.jump(Duration.ofSeconds(60));
        acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(reward), "");
        api.clock.jump(Duration.ofSeconds(60));
        acme.asAdmin("POST", "/admin/rewards/%s/fulfill".formatted(reward), "{\"reason\": \"sent by post\"}");
        api.clock.jump(Duration.ofSeconds(60));
        acme.asAdmin("POST", "/admin/rewards/%s/revoke".formatted(reward), "{\"reason\": \"came back\"}");

        Answer mine = acme.asPlayer("ada", "GET", "/rewards/" + reward, "");
        Answer listed = acme.asPlayer("ada", "GET", "/players/me/rewards", "");
        Answer graces = acme.asPlayer("grace", "GET", "/players/me/rewards/" + reward, "");

        JsonNode item = mine.data();
        long wonAt = item.path("created_at").longValue();
        assertThat(item.path("claimed_at").longValue() - wonAt).isBetween(60L, 75L);
        assertThat(item.path("fulfilled_at").longValue() - wonAt).isBetween(120L, 135L);
        assertThat(item.path("revoked_at").longValue() - wonAt).isBetween(180L, 195L);
        assertThat(item.path("expired_at").longValue()).isZero();
        assertThat(listed.data().path("items").path(0)).isEqualTo(item);
        assertThat(mine.raw().body()).doesNotContain("sent by post", "came back", "steps");
        assertThat(graces.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void staff_see_whose_a_reward_is_and_who_has_done_what_with_it() {
        String reward = won("ada", "manual", 0);
        acme.asPlayer("ada", "POST", "/rewards/%s/claim".formatted(reward), "");
        acme.as(
                "reward_manager",
                "POST",
                "/admin/rewards/%s/fulfill".formatted(reward),
                "{\"reason\": \"handed over at the desk\"}");

        Answer read = acme.as("reward_manager", "GET", "/admin/rewards/" + reward, "");
        Answer foreign = api.newTenant().asAdmin("GET", "/admin/rewards/" + reward, "");

        JsonNode item = read.data();
        assertThat(read.status()).as(read.raw().body()).isEqualTo(200);
        assertThat(item.path("player_id").stringValue()).isEqualTo("ada");
        assertThat(item.path("redemption_mode").stringValue()).isEqualTo("manual");
        assertThat(item.path("cause").stringValue()).isEqualTo("play");
        assertThat(item.path("cause_id").stringValue()).startsWith("play_");
        assertThat(item.path("steps"))
                .extracting(step -> "%s by %s: %s"
                        .formatted(
                                step.path("step").stringValue(),
                                step.path("actor").stringValue(),
                                step.path("reason").stringValue("no reason")))
                .containsExactly("claim by ada: no reason", "fulfil by reward_manager: handed over at the desk");
        assertThat(item.path("steps").path(0).path("occurred_at").longValue())
                .isEqualTo(item.path("claimed_at").longValue());
        assertThat(item.path("steps").path(0).path("trace").stringValue()).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-.*");
        assertThat(foreign.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void staff_work_off_what_is_handed_out_by_hand_from_the_oldest_on() {
        won("ada", "on_claim", 0);
        String first = won("ada", "manual", 0);
        String second = won("grace", "manual", 0);
        String third = won("linus", "manual", 0);
        acme.asPlayer("grace", "POST", "/rewards/%s/claim".formatted(second), "");
        String queue = "?status=won,claimed&redemption_mode=manual&order=oldest";

        Answer page = list(queue + "&limit=2");
        Answer rest = list(queue + "&limit=2&cursor="
                + page.data().path("pagination").path("next_cursor").stringValue());
        acme.asAdmin("POST", "/admin/rewards/%s/fulfill".formatted(first), "");

        assertThat(ids(page)).containsExactly(first, second);
        assertThat(ids(rest)).containsExactly(third);
        assertThat(rest.data().path("pagination").path("has_more").booleanValue())
                .isFalse();
        assertThat(ids(list(queue))).containsExactly(second, third);
        assertThat(ids(list("?status=fulfilled"))).containsExactly(first);
        assertThat(ids(list("?redemption_mode=manual"))).containsExactly(third, second, first);
    }

    @Test
    void staff_look_for_the_rewards_of_a_player_a_prize_a_game_or_a_campaign() {
        String campaign =
                acme.create("/admin/campaigns", "{\"name\": \"Spring\", \"status\": \"active\"}", "campaign_id");
        String adas = won("ada", "on_claim", 0);
        String graces = won("grace", "on_claim", 0);
        JsonNode reward = acme.asAdmin("GET", "/admin/rewards/" + graces, "").data();
        String game = reward.path("game_id").stringValue();
        acme.asAdmin("PUT", "/admin/games/" + game, """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "handler_config": {"prizes": [{"probability": 1}]}}""".formatted(campaign));

        assertThat(ids(list(""))).containsExactly(graces, adas);
        assertThat(ids(list("?player_id=ada"))).containsExactly(adas);
        assertThat(ids(list("?prize_id=" + reward.path("prize_id").stringValue())))
                .containsExactly(graces);
        assertThat(ids(list("?game_id=" + game))).containsExactly(graces);
        assertThat(ids(list("?campaign_id=" + campaign))).containsExactly(graces);
        assertThat(ids(list("?campaign_id=" + campaign + "&player_id=ada"))).isEmpty();
        assertThat(ids(api.newTenant().asAdmin("GET", "/admin/rewards", ""))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            status=lost              | status: is 'lost', expected one of won, claimed, fulfilled, revoked, expired
            redemption_mode=by_post  | redemption_mode: is 'by_post', expected one of instant, on_claim, manual, exchange
            order=best               | order: is 'best', expected one of newest, oldest
            limit=101                | limit: is '101', expected 1 to 100
            """)
    void a_filter_that_makes_no_sense_is_refused(String filter, String violation) {
        assertThat(list("?" + filter).violation()).isEqualTo(violation);
    }

    @Test
    void players_read_no_lists_of_everybodys_rewards() {
        assertThat(acme.asPlayer("ada", "GET", "/admin/rewards", "").reason()).isEqualTo("PERMISSION_DENIED");
    }

    private Answer list(String query) {
        return acme.asAdmin("GET", "/admin/rewards" + query, "");
    }

    private static List<String> ids(Answer page) {
        return page.data()
                .path("items")
                .valueStream()
                .map(item -> item.path("reward_id").stringValue())
                .toList();
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
