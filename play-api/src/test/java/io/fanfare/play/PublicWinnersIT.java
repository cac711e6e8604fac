package io.fanfare.play;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What anybody is told of those who won. */
@OnEveryDatabase
class PublicWinnersIT {

    private static final Duration MAX_AGE = Duration.ofSeconds(3);

    private final RunningApi api;
    private final Tenant acme;

    PublicWinnersIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    @Test
    void the_newest_winners_are_told_with_nothing_of_their_ids_but_the_first_character() {
        String campaign = campaign(acme, "active");
        String mug = prize(acme, "Mug", "voucher");
        String trip = prize(acme, "Trip", "physical");
        String wheel = wheel(acme, campaign, mug);
        String cards = wheel(acme, campaign, trip);
        long before = api.clock.instant().getEpochSecond();
        won(acme, "ada", wheel);
        won(acme, "mai.tran-example.com", cards);
        won(acme, "84901234567", wheel);
        won(acme, "x", wheel);

        Answer seen = winners(campaign, "");

        assertThat(seen.status()).as(seen.raw().body()).isEqualTo(200);
        assertThat(seen.header("Cache-Control")).isEqualTo("max-age=3, public");
        assertThat(told(seen, "player")).containsExactly("x***", "8***", "m***", "a***");
        JsonNode parcel = seen.data().path("items").path(2);
        assertThat(parcel.propertyNames()).containsExactlyInAnyOrder("player", "prize", "game_id", "won_at");
        assertThat(parcel.path("prize").toString())
                .isEqualTo(
                        "{\"prize_id\":\"%s\",\"name\":\"Trip\",\"type\":\"physical\",\"image\":\"https://x.example/Trip.png\"}"
                                .formatted(trip));
        assertThat(parcel.path("game_id").stringValue()).isEqualTo(cards);
        assertThat(parcel.path("won_at").longValue())
                .isBetween(before, api.clock.instant().getEpochSecond());
        assertThat(seen.raw().body()).doesNotContain("mai", "84901", "\"ada", acme.id, "rwd_", "play_");
    }

    @Test
    void as_many_are_told_as_are_asked_for() {
        String campaign = campaign(acme, "active");
        String wheel = wheel(acme, campaign, prize(acme, "Mug", "voucher"));
        for (int n = 0; n < 21; n++) {
            won(acme, (char) ('a' + n) + "_player", wheel);
        }

        assertThat(told(winners(campaign, "?limit=2"), "player")).containsExactly("u***", "t***");
        assertThat(told(winners(campaign, ""), "player")).hasSize(20).endsWith("b***");
        assertThat(told(winners(campaign, "?limit=100"), "player")).hasSize(21);
        assertThat(winners(campaign, "?limit=0").violation()).isEqualTo("limit: is '0', expected 1 to 100");
        assertThat(winners(campaign, "?limit=101").reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(winners(campaign, "?limit=many").reason()).isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void what_was_revoked_since_is_not_told_any_more() {
        String campaign = campaign(acme, "active");
        String wheel = wheel(acme, campaign, prize(acme, "Mug", "voucher"));
        won(acme, "ada", wheel);
        String graces = won(acme, "grace", wheel);
        assertThat(told(winners(campaign, ""), "player")).containsExactly("g***", "a***");

        Answer revoked = acme.asAdmin("POST", "/admin/rewards/%s/revoke".formatted(graces), "{\"reason\": \"fraud\"}");

        assertThat(revoked.status()).as(revoked.raw().body()).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(told(winners(campaign, ""), "player")).containsExactly("a***"));
    }

    @Test
    void however_many_look_the_winners_are_read_once_in_a_while() {
        for (int attempt = 0; attempt < 10; attempt++) {
            String campaign = campaign(acme, "active");
            String wheel = wheel(acme, campaign, prize(acme, "Mug", "voucher"));
            won(acme, "ada", wheel);
            Instant begin = Instant.now();
            Answer first = winners(campaign, "");
            won(acme, "grace", wheel);
            Answer second = winners(campaign, "?limit=100");
            if (Duration.between(begin, Instant.now()).compareTo(MAX_AGE) < 0) {
                assertThat(second.data()).isEqualTo(first.data());
                return;
            }
        }
        throw new AssertionError("three requests never took less than " + MAX_AGE);
    }

    @Test
    void what_is_paid_into_wallets_and_what_others_won_is_not_told() {
        String campaign = campaign(acme, "active");
        String mug = prize(acme, "Mug", "voucher");
        Tenant globex = api.newTenant();
        String theirs = campaign(globex, "active");
        won(acme, "points", wheel(acme, campaign, acme.pointsPrize(5)));
        won(acme, "consoled", wheel(acme, campaign, prize(acme, "Consolation", "none")));
        won(acme, "elsewhere", wheel(acme, campaign(acme, "active"), mug));
        won(globex, "foreign", wheel(globex, theirs, prize(globex, "Cup", "voucher")));
        won(acme, "ada", wheel(acme, campaign, mug));

        assertThat(told(winners(campaign, ""), "player")).containsExactly("a***");
        assertThat(told(winners(theirs, ""), "player")).containsExactly("f***");
    }

    @Test
    void winners_stay_when_a_game_has_ended_or_offers_something_else() {
        String campaign = campaign(acme, "active");
        String mug = prize(acme, "Mug", "voucher");
        String ended = wheel(acme, campaign, mug);
        String changed = wheel(acme, campaign, mug);
        won(acme, "ada", ended);
        won(acme, "grace", changed);

        acme.asAdmin("PUT", "/admin/games/" + ended, body(campaign, "ended", mug));
        acme.asAdmin("PUT", "/admin/games/" + changed, body(campaign, "active", prize(acme, "Trip", "physical")));

        assertThat(told(winners(campaign, ""), "player")).containsExactly("g***", "a***");
    }

    @Test
    void a_draft_tells_nothing_and_a_campaign_that_is_not_there_even_less() {
        String campaign = campaign(acme, "active");
        String wheel = wheel(acme, campaign, prize(acme, "Mug", "voucher"));
        won(acme, "ada", wheel);
        assertThat(told(winners(campaign, ""), "player")).containsExactly("a***");

        acme.asAdmin("PUT", "/admin/campaigns/" + campaign, "{\"name\": \"Spring\", \"status\": \"draft\"}");
        assertThat(winners(campaign, "").data().path("items")).isEmpty();

        acme.asAdmin("PUT", "/admin/games/" + wheel, body(campaign, "ended", prize(acme, "Cup", "voucher")));
        acme.asAdmin("DELETE", "/admin/games/" + wheel, "");
        acme.asAdmin("DELETE", "/admin/campaigns/" + campaign, "");
        assertThat(winners(campaign, "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(winners("camp_none", "").reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    private Answer winners(String campaign, String query) {
        return api.http.get("/api/v1/public/campaigns/%s/winners%s".formatted(campaign, query));
    }

    private static List<String> told(Answer seen, String field) {
        List<String> values = new ArrayList<>();
        seen.data().path("items").forEach(item -> values.add(item.path(field).stringValue("")));
        return values;
    }

    /** The id of the reward. */
    private static String won(Tenant tenant, String player, String game) {
        Answer played = tenant.play(player, game, tenant.startedBy(player, game));
        return requireNonNull(
                played.data().path("rewards").path(0).path("reward_id").stringValue());
    }

    private static String campaign(Tenant tenant, String status) {
        return tenant.create(
                "/admin/campaigns", "{\"name\": \"Spring\", \"status\": \"%s\"}".formatted(status), "campaign_id");
    }

    private static String wheel(Tenant tenant, String campaign, String prize) {
        return tenant.create("/admin/games", body(campaign, "active", prize), "game_id");
    }

    private static String body(String campaign, String status, String prize) {
        return """
                {"name": "Wheel", "type": "spin_wheel", "status": "%s", "campaign_id": "%s",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1}]}}""".formatted(status, campaign, prize);
    }

    private static String prize(Tenant tenant, String name, String type) {
        return tenant.create("/admin/prizes", """
                {"name": "%s", "type": "%s", "image": "https://x.example/%s.png", "value": 900,
                 "stock": {"total": 50}}""".formatted(name, type, name), "prize_id");
    }
}
