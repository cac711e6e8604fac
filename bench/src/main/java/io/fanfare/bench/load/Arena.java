package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fanfare.bench.load.Api.Answer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * A tenant of our own with everything that a play can touch: a wheel of points, vouchers with codes and a stock, and a prize of
 * which nobody gets many; limits on plays; a board; a webhook.
 */
public record Arena(String tenant, String campaign, String game, String board) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * How large it is.
     *
     * @param vouchers in stock, each with a code
     * @param playsPerPlayer how often one may play; 0: without end
     */
    public record Size(int vouchers, int playsPerPlayer) {
        public Size {
            if (vouchers < 1 || vouchers > 1000 || playsPerPlayer < 0) {
                throw new IllegalArgumentException("%d vouchers and %d plays, expected 1 to 1000 and no less than 0"
                        .formatted(vouchers, playsPerPlayer));
            }
        }
    }

    /**
     * Builds it over REST and returns when plays count on its board.
     *
     * @param webhooks where its webhook goes
     * @throws IOException where the platform refuses any of it
     */
    public static Arena build(Api api, String tenant, URI webhooks, Size size)
            throws IOException, InterruptedException {
        Api admin = api.as(Map.of("X-Tenant-Id", tenant, "X-Roles", "admin"));
        String campaign = "camp_" + tenant;
        String points = created(admin, "prizes", "prize_id", """
                {"name": "25 points", "type": "points", "value": 25}""");
        String rarePoints = created(admin, "prizes", "prize_id", """
                {"name": "500 points", "type": "points", "value": 500, "constraints": {"max_per_user": 2}}""");
        String voucher = created(admin, "prizes", "prize_id", """
                {"name": "Coffee", "type": "voucher", "value": 350, "stock": {"total": %d}, "constraints": {"max_per_user": 1},
                 "fulfillment": {"channel": "voucher_code", "redemption_mode": "instant"}}""".formatted(size.vouchers()));
        importCodes(admin, voucher, size.vouchers());
        String game = created(
                admin, "games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "rules": {"max_plays_per_user": %d},
                 "handler_config": {"prizes": [
                   {"prize_id": "%s", "probability": 0.6, "slot_index": 0},
                   {"prize_id": "%s", "probability": 0.1, "slot_index": 1},
                   {"prize_id": "%s", "probability": 0.1, "slot_index": 2},
                   {"prize_id": "", "probability": 0.2, "slot_index": 3}]}}""".formatted(campaign, size.playsPerPlayer(), points, rarePoints, voucher));
        String board = board(admin, campaign);
        created(admin, "integrations", "integration_id", """
                {"type": "webhook", "events": ["prize_won"], "status": "active",
                 "config": {"url": "%s", "hmac_secret": "%s-secret"}}""".formatted(webhooks, tenant));
        awaitEffective(admin, board);
        return new Arena(tenant, campaign, game, board);
    }

    /** Opens a board; plays count on it once {@link #awaitEffective} has returned. */
    static String board(Api admin, String campaign) throws IOException, InterruptedException {
        return created(admin, "leaderboards", "leaderboard_id", """
                {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(campaign));
    }

    /** A name that no earlier run has used. */
    public static String tenant(String purpose) {
        return purpose + "-" + Long.toString(Instant.now().getEpochSecond(), Character.MAX_RADIX);
    }

    /** What is played in it. */
    public Wheel wheel() {
        return new Wheel(tenant, game);
    }

    static void importCodes(Api admin, String voucher, int count) throws IOException, InterruptedException {
        ArrayNode codes = JSON.createArrayNode();
        for (int i = 0; i < count; i++) {
            codes.add("COFFEE-%04d".formatted(i));
        }
        require(admin.post("/api/v1/admin/prizes/" + voucher + "/codes", "{\"codes\": " + codes + "}"));
    }

    static void awaitEffective(Api admin, String board) throws IOException, InterruptedException {
        long from = require(admin.get("/api/v1/admin/leaderboards/" + board))
                .data()
                .path("effective_at")
                .asLong();
        Instant inForce = Instant.ofEpochSecond(from + 1);
        while (Instant.now().isBefore(inForce)) {
            LockSupport.parkNanos(Duration.between(Instant.now(), inForce).toNanos());
        }
    }

    static String created(Api admin, String what, String id, String body) throws IOException, InterruptedException {
        return require(admin.post("/api/v1/admin/" + what, body))
                .data()
                .path(id)
                .asText();
    }

    static Answer require(Answer answer) throws IOException {
        if (answer.status() >= 300) {
            throw new IOException("the platform answered %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer;
    }
}
