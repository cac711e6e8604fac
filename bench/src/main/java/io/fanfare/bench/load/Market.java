package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A campaign in which points are earned and go everywhere that they can go: a wheel to win them, a shop that takes them, two clubs that
 * give something once to who has earned enough, one of them unasked; prizes of limited stock, with and without codes, and one that
 * is points; coins to convert them to, and leave to send them, so much a day.
 *
 * @param scope of the wallets
 */
record Market(String tenant, String scope, Map<Shelf, String> games) {

    static final String POINTS = "points";
    static final String COINS = "coins";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** From when the wallets app judges by the milestones of a game, and more. */
    private static final Duration IN_FORCE = Duration.ofSeconds(6);

    /** Where something can be redeemed, each a game. */
    enum Shelf {
        /** Takes points. Its wheel is the one that is played. */
        SHOP("spend_exchange", false, List.of("coffee", "mug", "boost")),
        /** Gives once, to who asks. */
        CLUB("cumulative_unlock", false, List.of("bronze", "silver", "gold")),
        /** Gives once, asked or not. */
        PATRON("cumulative_unlock", true, List.of("friend", "hero"));

        private final String mode;
        private final boolean isGivenUnasked;

        @SuppressWarnings("ImmutableEnumChecker") // copied, and never changed
        private final List<String> milestones;

        Shelf(String mode, boolean isGivenUnasked, List<String> milestones) {
            this.mode = mode;
            this.isGivenUnasked = isGivenUnasked;
            this.milestones = List.copyOf(milestones);
        }

        List<String> milestones() {
            return milestones;
        }

        boolean isPaid() {
            return this == SHOP;
        }
    }

    Market {
        games = Map.copyOf(games);
    }

    String game(Shelf shelf) {
        return games.getOrDefault(shelf, "");
    }

    /**
     * Builds it over REST and returns when its milestones count.
     *
     * @param players for whom there is something, and not enough for everybody
     * @throws IOException where the platform refuses any of it
     */
    static Market build(Api api, String tenant, int players) throws IOException, InterruptedException {
        Api admin = api.as(Map.of("X-Tenant-Id", tenant, "X-Roles", "admin"));
        String scope = "market_" + tenant;
        Arena.require(admin.put("/api/v1/admin/wallets/terms", """
                {"conversions": [{"from_currency": "points", "to_currency": "coins", "rate_from": 10, "rate_to": 1}],
                 "transfers": [{"currency": "points", "max_amount": 100, "max_per_day": 200}]}"""));
        int few = Math.max(1, players / 2);
        int some = Math.min(900, players * 2);
        String points = created(admin, "prizes", """
                {"name": "25 points", "type": "points", "value": 25}""");
        String boost = created(admin, "prizes", """
                {"name": "10 points", "type": "points", "value": 10}""");
        String coffee = withCodes(admin, """
                {"name": "Coffee to go", "type": "voucher", "value": 350, "stock": {"total": %d}, "constraints": {"max_per_user": 4},
                 "fulfillment": {"channel": "voucher_code", "redemption_mode": "instant"}}""".formatted(some), some);
        String mug = created(admin, "prizes", """
                {"name": "Mug", "type": "physical", "value": 900, "stock": {"total": %d}}""".formatted(players));
        String pass = withCodes(admin, """
                {"name": "Pass", "type": "voucher", "value": 500, "stock": {"total": %d},
                 "fulfillment": {"channel": "voucher_code", "redemption_mode": "instant"}}""".formatted(few), few);
        String medal = created(admin, "prizes", """
                {"name": "Medal", "type": "physical", "value": 100, "stock": {"total": %d}}""".formatted(players));
        String trip = created(admin, "prizes", """
                {"name": "Trip", "type": "physical", "value": 90000, "stock": {"total": %d}}""".formatted(few));
        var market = new Market(
                tenant,
                scope,
                Map.of(
                        Shelf.SHOP,
                        game(
                                admin,
                                scope,
                                points,
                                Shelf.SHOP,
                                Map.of("coffee", coffee, "mug", mug, "boost", boost),
                                60,
                                40,
                                20),
                        Shelf.CLUB,
                        game(
                                admin,
                                scope,
                                points,
                                Shelf.CLUB,
                                Map.of("bronze", pass, "silver", medal, "gold", trip),
                                75,
                                200,
                                450),
                        Shelf.PATRON,
                        game(admin, scope, points, Shelf.PATRON, Map.of("friend", medal, "hero", mug), 100, 300)));
        awaitInForce();
        return market;
    }

    /** Returns when the milestones of a game that was saved just now count. */
    static void awaitInForce() {
        Instant inForce = Instant.now().plus(IN_FORCE);
        while (Instant.now().isBefore(inForce)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), inForce).toNanos());
        }
    }

    private static String withCodes(Api admin, String prize, int codes) throws IOException, InterruptedException {
        String id = created(admin, "prizes", prize);
        Arena.importCodes(admin, id, codes);
        return id;
    }

    /** @param thresholds of the shelf's milestones, in their order */
    private static String game(
            Api admin, String scope, String points, Shelf shelf, Map<String, String> prizes, long... thresholds)
            throws IOException, InterruptedException {
        ArrayNode milestones = JSON.createArrayNode();
        for (int i = 0; i < thresholds.length; i++) {
            String milestone = shelf.milestones().get(i);
            milestones
                    .addObject()
                    .put("milestone_id", milestone)
                    .put("threshold", thresholds[i])
                    .put("prize_id", prizes.get(milestone));
        }
        return created(
                admin, "games", """
                {"name": "%s", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [
                   {"prize_id": "%s", "probability": 0.75, "slot_index": 0},
                   {"prize_id": "", "probability": 0.25, "slot_index": 1}]},
                 "milestones": {"currency": "points", "mode": "%s", "auto_grant": %s, "milestones": %s}}""".formatted(shelf, scope, points, shelf.mode, shelf.isGivenUnasked, milestones));
    }

    private static String created(Api admin, String what, String body) throws IOException, InterruptedException {
        return Arena.created(admin, what, what.equals("games") ? "game_id" : "prize_id", body);
    }
}
