package io.fanfare.play;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.granting.Earned;
import io.fanfare.store.granting.Grant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Operators mend what was in the way of an award, and try it again; the granter is played by the test. */
@OnEveryDatabase
class AwardRetriesIT {

    private static final String REASON = "{\"reason\": \"there is stock again\"}";

    private final RunningApi api;
    private final Tenant acme;
    private final String mug;
    private final String award;

    AwardRetriesIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
        this.mug = acme.create(
                "/admin/prizes", "{\"name\": \"Mug\", \"type\": \"physical\", \"stock\": {\"total\": 0}}", "prize_id");
        this.award = earnedInVain("ada");
    }

    @Test
    void what_was_mended_is_awarded_once_for_twenty_who_ask_at_the_same_time() throws Exception {
        acme.asAdmin("POST", "/admin/prizes/%s/stock".formatted(mug), "{\"delta\": 5, \"reason\": \"delivery\"}");
        List<Callable<Answer>> twenty = Collections.nCopies(20, () -> retry(award));

        List<Answer> answers;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(twenty).stream().map(Future::resultNow).toList();
        }

        JsonNode rewards = acme.asPlayer("ada", "GET", "/rewards/me", "").data().path("items");
        assertThat(rewards).hasSize(1);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
            assertThat(answer.data().path("award_id").stringValue()).isEqualTo(award);
            assertThat(answer.data().path("reward_id"))
                    .isEqualTo(rewards.path(0).path("reward_id"));
        });
        assertThat(get("/admin/prizes/" + mug).path("stock").path("remaining").longValue())
                .isEqualTo(4);
        assertThat(get("/admin/awards/unawarded").path("items")).isEmpty();
        JsonNode log = get("/admin/awards/retries").path("items");
        assertThat(log).hasSize(1);
        assertThat(log.path(0).path("award_id").stringValue()).isEqualTo(award);
        assertThat(log.path(0).path("who").stringValue()).isEqualTo("admin");
        assertThat(log.path(0).path("reason").stringValue()).isEqualTo("there is stock again");
        assertThat(log.path(0).path("outcome").stringValue()).isEqualTo("awarded");
    }

    @Test
    void as_long_as_nothing_is_mended_it_stays_unawarded_and_the_attempt_is_kept() {
        Answer answer = retry(award);

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.reason()).isEqualTo("PRIZE_OUT_OF_STOCK");
        assertThat(answer.data().path("error").path("metadata").path("why").stringValue())
                .isEqualTo("out_of_stock");
        assertThat(get("/admin/awards/unawarded").path("items")).hasSize(1);
        assertThat(get("/admin/awards/retries")
                        .path("items")
                        .path(0)
                        .path("outcome")
                        .stringValue())
                .isEqualTo("out_of_stock");
    }

    @Test
    void a_reason_is_needed() {
        assertThat(acme.asAdmin("POST", path(award), "{}").violation()).isEqualTo("reason: is missing");
    }

    @Test
    void another_tenant_finds_nothing_to_try() {
        Tenant globex = api.newTenant();

        assertThat(globex.asAdmin("POST", path(award), REASON).reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(retry("award_none").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(globex.asAdmin("GET", "/admin/awards/retries", "").data().path("items"))
                .isEmpty();
    }

    @Test
    void support_looks_and_does_not_touch() {
        assertThat(acme.as("support", "POST", path(award), REASON).reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(acme.as("designer", "POST", path(award), REASON).reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(acme.asPlayer("ada", "POST", path(award), REASON).reason()).isEqualTo("PERMISSION_DENIED");
        assertThat(acme.as("support", "GET", "/admin/awards/retries", "").status())
                .isEqualTo(200);
        assertThat(acme.as("reward_manager", "POST", path(award), REASON).status())
                .isEqualTo(409);
    }

    private String earnedInVain(String player) {
        String game = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "camp_1",
                 "handler_config": {"prizes": [{"probability": 1}]},
                 "milestones": {"currency": "points", "mode": "cumulative_unlock", "auto_grant": true,
                  "milestones": [{"milestone_id": "gold", "threshold": 5, "prize_id": "%s"}]}}""".formatted(mug), "game_id");
        var wallet = new ScopeKey("camp_1");
        var key = AwardKey.ofMilestone(
                new TenantId(acme.id), wallet, new GameId(game), new MilestoneId("gold"), new PlayerId(player));
        Grant grant = api.granting().grant(new Earned(key, new GameId(game), new PrizeId(mug), wallet, null));
        assertThat(grant).isInstanceOf(Grant.Unawarded.class);
        return requireNonNull(get("/admin/awards/unawarded")
                .path("items")
                .path(0)
                .path("award_id")
                .stringValue());
    }

    private Answer retry(String id) {
        return acme.asAdmin("POST", path(id), REASON);
    }

    private static String path(String award) {
        return "/admin/awards/unawarded/%s/retry".formatted(award);
    }

    private JsonNode get(String path) {
        return acme.asAdmin("GET", path, "").data();
    }
}
