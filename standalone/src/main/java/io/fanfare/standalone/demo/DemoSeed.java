package io.fanfare.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * A demo tenant: a campaign, a spin wheel with points and vouchers, a leaderboard, a webhook, and some hundred players who have
 * played. Every step looks for what is there already and every play carries an idempotency key, so a seeding that was cut short goes
 * on where it stopped.
 */
public final class DemoSeed {

    /** What a visitor needs to play along. */
    public record Demo(String tenant, String campaign, String game, String leaderboard) {}

    public static final String TENANT = "demo";
    public static final String WEBHOOK_SECRET = "demo-webhook-secret";

    private static final String CAMPAIGN_NAME = "Demo campaign";
    private static final int PLAYERS = 300;
    private static final int PLAYS_AT_ONCE = 8;
    private static final int VOUCHERS = 100;

    private final RestApi admin;
    private final RestApi anyone;
    private final URI webhookSink;

    /**
     * @param api such as {@code http://127.0.0.1:8080}
     * @param webhookSink where the demo's webhook goes
     */
    public DemoSeed(URI api, URI webhookSink) {
        this.anyone = RestApi.at(api).as(Map.of("X-Tenant-Id", TENANT));
        this.admin = anyone.as(Map.of("X-Roles", "admin"));
        this.webhookSink = webhookSink;
    }

    /**
     * Brings the demo into being, or finds it.
     *
     * @param progress told how many of a hundred percent of the plays are done
     */
    public Demo seed(IntConsumer progress) throws IOException, InterruptedException {
        String campaign = findOrCreate("/admin/campaigns", CAMPAIGN_NAME, "campaign_id", DemoSeed::campaign);
        String points = findOrCreate("/admin/prizes", "50 points", "prize_id", DemoSeed::pointsPrize);
        String voucher = findOrCreate("/admin/prizes", "Coffee voucher", "prize_id", DemoSeed::voucherPrize);
        admin.post("/admin/prizes/%s/codes".formatted(voucher), Map.of("codes", codes()));
        String game =
                findOrCreate("/admin/games", "Demo wheel", "game_id", name -> wheel(name, campaign, points, voucher));
        showIn(campaign, game);
        String board =
                findOrCreate("/admin/leaderboards", "Most spins", "leaderboard_id", name -> board(name, campaign));
        integrate(campaign);
        awaitEffective(board);
        playAll(game, progress);
        return new Demo(TENANT, campaign, game, board);
    }

    private static Map<String, Object> campaign(String name) {
        return Map.of("name", name, "status", "active", "channels", List.of("website_embed"));
    }

    /** The campaign comes first, because its games name it; then it is told which ones they are. */
    private void showIn(String campaign, String game) throws IOException, InterruptedException {
        String path = "/admin/campaigns/" + campaign;
        boolean isShown = admin.get(path)
                .path("games")
                .valueStream()
                .anyMatch(shown -> shown.asString().equals(game));
        if (!isShown) {
            var withGame = new HashMap<>(campaign(CAMPAIGN_NAME));
            withGame.put("games", List.of(game));
            admin.put(path, withGame);
        }
    }

    private static Map<String, Object> pointsPrize(String name) {
        return Map.of("name", name, "type", "points", "value", 50);
    }

    private static Map<String, Object> voucherPrize(String name) {
        return Map.of(
                "name",
                name,
                "type",
                "voucher",
                "value",
                350,
                "stock",
                Map.of("total", VOUCHERS),
                "constraints",
                Map.of("max_per_user", 1),
                "fulfillment",
                Map.of("channel", "voucher_code", "redemption_mode", "instant"));
    }

    private static List<String> codes() {
        return IntStream.rangeClosed(1, VOUCHERS)
                .mapToObj("COFFEE-%04d"::formatted)
                .toList();
    }

    private static Map<String, Object> wheel(String name, String campaign, String points, String voucher) {
        return Map.of(
                "name",
                name,
                "type",
                "spin_wheel",
                "campaign_id",
                campaign,
                "status",
                "active",
                "handler_config",
                Map.of(
                        "prizes",
                        List.of(
                                Map.of("prize_id", points, "probability", 0.5, "slot_index", 0),
                                Map.of("prize_id", voucher, "probability", 0.1, "slot_index", 1),
                                Map.of("prize_id", "", "probability", 0.4, "slot_index", 2))));
    }

    private static Map<String, Object> board(String name, String campaign) {
        return Map.of("name", name, "campaign_id", campaign, "metric", "total_plays");
    }

    private void integrate(String campaign) throws IOException, InterruptedException {
        boolean isThere =
                admin.get("/admin/integrations?limit=100").path("items").size() > 0;
        if (!isThere) {
            admin.post(
                    "/admin/integrations",
                    Map.of(
                            "type",
                            "webhook",
                            "campaign_id",
                            campaign,
                            "events",
                            List.of("play_completed", "prize_won"),
                            "config",
                            Map.of("url", webhookSink.toString(), "hmac_secret", WEBHOOK_SECRET),
                            "status",
                            "active"));
        }
    }

    /** What describes one thing of a given name. */
    @FunctionalInterface
    private interface Description {
        Map<String, Object> of(String name);
    }

    private String findOrCreate(String path, String name, String idField, Description description)
            throws IOException, InterruptedException {
        Optional<String> found = find(path, name, idField);
        return found.isPresent()
                ? found.get()
                : admin.post(path, description.of(name)).path(idField).asString();
    }

    private Optional<String> find(String path, String name, String idField) throws IOException, InterruptedException {
        JsonNode items = admin.get(path + "?limit=100").path("items");
        return items.valueStream()
                .filter(item -> item.path("name").asString().equals(name))
                .map(item -> item.path(idField).asString())
                .findFirst();
    }

    /** Plays from before a board is in force do not count on it. */
    private void awaitEffective(String board) throws IOException, InterruptedException {
        long effectiveAt =
                admin.get("/admin/leaderboards/" + board).path("effective_at").asLong();
        Duration left = Duration.between(Instant.now(), Instant.ofEpochSecond(effectiveAt + 1));
        while (left.isPositive()) {
            LockSupport.parkNanos(left.toNanos());
            left = Duration.between(Instant.now(), Instant.ofEpochSecond(effectiveAt + 1));
        }
    }

    private void playAll(String game, IntConsumer progress) throws IOException, InterruptedException {
        var done = new AtomicInteger();
        var places = new Semaphore(PLAYS_AT_ONCE);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var players = new ArrayList<Future<?>>();
            for (int number = 1; number <= PLAYERS; number++) {
                int player = number;
                places.acquire();
                players.add(threads.submit(() -> {
                    try {
                        playAsOften(game, player);
                    } finally {
                        places.release();
                    }
                    progress.accept(done.incrementAndGet() * 100 / PLAYERS);
                    return null;
                }));
            }
            for (Future<?> player : players) {
                await(player);
            }
        }
    }

    private static void await(Future<?> player) throws IOException, InterruptedException {
        try {
            player.get();
        } catch (ExecutionException e) {
            throw new IOException("a demo player could not play", e.getCause());
        }
    }

    /** Player 1 plays once, player 2 twice, up to five times, so that the board has something to rank. */
    private void playAsOften(String game, int number) throws IOException, InterruptedException {
        RestApi player = anyone.as(Map.of("X-Player-Id", "player-%03d".formatted(number)));
        int plays = 1 + (number - 1) % 5;
        for (int play = 1; play <= plays; play++) {
            String key = "demo-%d-%d".formatted(number, play);
            String session = player.as(Map.of("Idempotency-Key", key + "-start"))
                    .post("/games/%s/start".formatted(game), Map.of())
                    .path("session_id")
                    .asString();
            player.as(Map.of("Idempotency-Key", key + "-play"))
                    .post("/games/%s/play".formatted(game), Map.of("session_id", session, "payload", Map.of()));
        }
    }
}
