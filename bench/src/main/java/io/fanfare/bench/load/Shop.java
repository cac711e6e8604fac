package io.fanfare.bench.load;

import java.io.IOException;
import java.util.Map;

/**
 * A tenant of our own with one wheel and a board of its spins: each wins {@value #POINTS} points, {@value #PRICE} of them buy a
 * mug, and mugs do not run out.
 */
public record Shop(Wheel wheel) {

    static final String MUG = "mug";

    private static final int POINTS = 10_000;
    private static final int PRICE = 10;
    private static final int MUGS = 10_000_000;

    /**
     * Builds it over REST and returns when its milestones count, and plays on its board.
     *
     * @throws IOException where the platform refuses any of it
     */
    public static Shop build(Api api, String tenant) throws IOException, InterruptedException {
        Api admin = api.as(Map.of("X-Tenant-Id", tenant, "X-Roles", "admin"));
        String campaign = "camp_" + tenant;
        String points = Arena.created(admin, "prizes", "prize_id", """
                {"name": "Many points", "type": "points", "value": %d}""".formatted(POINTS));
        String mug = Arena.created(admin, "prizes", "prize_id", """
                {"name": "Mug", "type": "physical", "value": 900, "stock": {"total": %d}}""".formatted(MUGS));
        String game = Arena.created(admin, "games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]},
                 "milestones": {"currency": "points", "mode": "spend_exchange",
                   "milestones": [{"milestone_id": "%s", "threshold": %d, "prize_id": "%s"}]}}""".formatted(campaign, points, MUG, PRICE, mug));
        Arena.awaitEffective(admin, Arena.board(admin, campaign));
        Market.awaitInForce();
        return new Shop(new Wheel(tenant, game));
    }
}
