package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import org.junit.jupiter.api.Test;

/** Turns: operators give and take them, players see them, plays take them. */
@OnEveryDatabase
class TurnsIT {

    private final Tenant acme;

    TurnsIT(RunningApi api) {
        this.acme = api.newTenant();
    }

    @Test
    void what_is_given_is_there_and_no_more_is_taken_than_that() {
        Answer given = move("ada", "spring", "\"delta\": 3, \"reason\": \"welcome\"");
        Answer seen = acme.asPlayer("ada", "GET", "/players/me/turns?campaign_id=spring", "");
        Answer taken = move("ada", "spring", "\"delta\": -5, \"reason\": \"given by mistake\"");

        assertThat(given.data().path("balance").longValue()).isEqualTo(3);
        assertThat(given.data().path("applied").longValue()).isEqualTo(3);
        assertThat(seen.data().toString()).isEqualTo("{\"campaign_id\":\"spring\",\"balance\":3}");
        assertThat(taken.data().path("balance").longValue()).isZero();
        assertThat(taken.data().path("applied").longValue()).isEqualTo(-3);
    }

    @Test
    void one_cause_moves_turns_once() {
        move("ada", "spring", "\"delta\": 2, \"reason\": \"an order\", \"cause\": \"order-7\"");
        Answer again = move("ada", "spring", "\"delta\": 2, \"reason\": \"an order\", \"cause\": \"order-7\"");
        Answer other = move("grace", "spring", "\"delta\": 2, \"reason\": \"an order\", \"cause\": \"order-7\"");

        assertThat(again.data().path("applied").longValue()).isZero();
        assertThat(again.data().path("balance").longValue()).isEqualTo(2);
        assertThat(other.data().path("applied").longValue()).isEqualTo(2);
    }

    @Test
    void turns_are_of_one_campaign_and_one_player() {
        move("ada", "spring", "\"delta\": 3, \"reason\": \"welcome\"");

        Answer ofAnother = acme.asPlayer("grace", "GET", "/players/me/turns?campaign_id=spring", "");
        Answer ofAutumn = acme.asPlayer("ada", "GET", "/players/me/turns?campaign_id=autumn", "");

        assertThat(ofAnother.data().path("balance").longValue()).isZero();
        assertThat(ofAutumn.data().path("balance").longValue()).isZero();
    }

    @Test
    void every_field_that_is_wrong_is_named() {
        Answer refused = acme.asAdmin("POST", "/admin/players/ada/turns", "{\"delta\": 0}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error().path("field_violations").toString())
                .contains("\"campaign_id\"", "\"delta\"", "\"reason\"");
    }

    @Test
    void players_give_themselves_nothing() {
        Answer refused = acme.asPlayer(
                "ada",
                "POST",
                "/admin/players/ada/turns",
                "{\"campaign_id\": \"spring\", \"delta\": 3, \"reason\": \"please\"}");

        assertThat(refused.status()).isEqualTo(403);
    }

    private Answer move(String player, String campaign, String fields) {
        return acme.asAdmin(
                "POST",
                "/admin/players/%s/turns".formatted(player),
                "{\"campaign_id\": \"%s\", %s}".formatted(campaign, fields));
    }
}
