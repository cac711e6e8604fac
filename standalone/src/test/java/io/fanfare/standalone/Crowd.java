package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Web.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/**
 * Players who play without pause and never give up: what is not answered for good is asked again under the same key, however
 * long the platform is away. All that was ever acknowledged is kept.
 */
final class Crowd {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration BREATH = Duration.ofMillis(100);
    private static final List<String> PLAYERS = List.of("ada", "grace", "linus", "barbara", "hedy", "margaret");

    private final Web api;
    private final String tenant;
    private final String game;
    private final Map<String, List<Acknowledged>> plays = new LinkedHashMap<>();
    private final List<Acknowledged> starts = new CopyOnWriteArrayList<>();
    private final List<Future<?>> inside = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile boolean leaving;

    Crowd(Web api, String tenant, String game) {
        this.api = api;
        this.tenant = tenant;
        this.game = game;
        PLAYERS.forEach(player -> plays.put(player, new CopyOnWriteArrayList<>()));
    }

    record Request(String player, String verb, String key, String body) {}

    /** @param answer the whole envelope */
    record Acknowledged(Request request, JsonNode answer) {

        JsonNode data() {
            return answer.path("data");
        }

        String playId() {
            return data().path("play_id").asString();
        }

        List<JsonNode> rewards() {
            return data().path("rewards").valueStream().toList();
        }
    }

    void enters() {
        leaving = false;
        PLAYERS.forEach(player -> inside.add(threads.submit(() -> {
            playOn(player);
            return null;
        })));
    }

    /** Returns when everybody has had the answer to what they asked last. */
    void leaves() throws Exception {
        leaving = true;
        var waitedFor = List.copyOf(inside);
        inside.clear();
        for (Future<?> player : waitedFor) {
            player.get();
        }
    }

    /** Acknowledged plays so far. */
    int plays() {
        return plays.values().stream().mapToInt(List::size).sum();
    }

    /** By player, in the order in which each of them played. */
    Map<String, List<Acknowledged>> playsByPlayer() {
        return Map.copyOf(plays);
    }

    List<Acknowledged> all() {
        var all = new ArrayList<>(starts);
        plays.values().forEach(all::addAll);
        return all;
    }

    /** The same request once more. */
    Answer repeat(Request request) throws IOException, InterruptedException {
        return api.player(tenant, request.player())
                .with("Idempotency-Key", request.key())
                .post("/api/v1/games/" + game + "/" + request.verb(), request.body());
    }

    private void playOn(String player) throws InterruptedException {
        List<Acknowledged> mine = plays.getOrDefault(player, List.of());
        while (!leaving) {
            int number = mine.size() + 1;
            Acknowledged start = insist(new Request(player, "start", "start-" + number, "{}"));
            starts.add(start);
            String body = "{\"session_id\": \"%s\", \"payload\": {}}"
                    .formatted(start.data().path("session_id").asString());
            mine.add(insist(new Request(player, "play", "play-" + number, body)));
        }
    }

    private Acknowledged insist(Request request) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String heard;
            try {
                Answer answer = repeat(request);
                if (answer.status() == 200) {
                    return new Acknowledged(request, answer.body());
                }
                // For now it may be unable to; but a request of ours is never wrong.
                assertThat(answer.status()).as("%s: %s", request, answer.body()).isGreaterThanOrEqualTo(500);
                heard = answer.body().toString();
            } catch (IOException e) {
                heard = e.toString();
            }
            assertThat(System.nanoTime()).as("%s: %s", request, heard).isLessThan(deadline);
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }
}
