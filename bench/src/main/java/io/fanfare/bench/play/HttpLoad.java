package io.fanfare.bench.play;

import static java.util.stream.Collectors.toMap;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.measure.Plateau;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** Players of a wheel with one prize, over HTTP: each play is a start and a play. */
final class HttpLoad {

    private static final int PLAYERS = 5_000;
    /** Sessions are started so long before their play is due. */
    private static final Duration AHEAD = Duration.ofMillis(1_500);

    private static final int MOST_WARM_UPS = 8;
    private static final long LONGEST_MICROS = 60_000_000;

    private final Api players;
    private final String game;
    private final AtomicInteger next = new AtomicInteger();
    /** By what was answered instead. */
    private final ConcurrentMap<String, LongAdder> wrong = new ConcurrentHashMap<>();

    private HttpLoad(Api players, String game) {
        this.players = players;
        this.game = game;
    }

    /** With a wheel of its own, of which every spin wins. */
    static HttpLoad on(Api api) throws IOException {
        Api tenant = api.as(Map.of("X-Tenant-Id", "bench-http"));
        Api admin = tenant.as(Map.of("X-Roles", "admin"));
        String prize = created(admin, "prizes", "prize_id", """
                {"name": "Mug", "type": "physical", "value": 500, "stock": {"total": 100000000}}""");
        String game = created(admin, "games", "game_id", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]}}""".formatted(prize));
        return new HttpLoad(tenant, game);
    }

    private static String created(Api admin, String what, String id, String body) throws IOException {
        Answer answer = admin.post("/api/v1/admin/" + what, body);
        if (answer.status() != 201) {
            throw new IOException("the API answered %d: %s".formatted(answer.status(), answer.body()));
        }
        return answer.data().path(id).asText();
    }

    Wrongs wrong() {
        return Wrongs.of(wrong.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, one -> one.getValue().sum())));
    }

    /** Plays until it gets hardly faster any more: until the compilers of what is measured are done. */
    void warmUp(Duration round) {
        var plateau = new Plateau();
        for (int i = 0; i < MOST_WARM_UPS; i++) {
            if (plateau.isReachedWith(1 / playsPerSecond(round))) {
                return;
            }
        }
    }

    /** Closed loop: as many callers as in the other cells, each playing as soon as its last play was answered. */
    long playFor(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        var played = new LongAdder();
        try (var callers = Executors.newFixedThreadPool(Crowd.CALLERS)) {
            for (int i = 0; i < Crowd.CALLERS; i++) {
                callers.execute(() -> {
                    while (System.nanoTime() < end) {
                        String player = player();
                        if (play(player, start(player))) {
                            played.increment();
                        }
                    }
                });
            }
        }
        return played.sum();
    }

    /** Those of {@link #playFor} per second. */
    double playsPerSecond(Duration length) {
        long began = System.nanoTime();
        long played = playFor(length);
        return played * 1e9 / (System.nanoTime() - began);
    }

    /**
     * Open loop: each play has its time, and is sent then whether or not those before it were answered.
     *
     * @return microseconds from then to the answer
     */
    ConcurrentHistogram playAt(double rate, Duration length) {
        var latencies = new ConcurrentHistogram(LONGEST_MICROS, 3);
        long interval = (long) (Duration.ofSeconds(1).toNanos() / rate);
        long first = System.nanoTime() + AHEAD.toNanos();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long due = first; due < first + length.toNanos(); due += interval) {
                long time = due;
                awaitNanos(time - AHEAD.toNanos());
                callers.execute(() -> {
                    String player = player();
                    String session = start(player);
                    awaitNanos(time);
                    if (play(player, session)) {
                        latencies.recordValue(Math.min(LONGEST_MICROS, (System.nanoTime() - time) / 1_000));
                    }
                });
            }
        }
        return latencies;
    }

    private static void awaitNanos(long time) {
        for (long rest = time - System.nanoTime(); rest > 0; rest = time - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private String player() {
        return "player-%d".formatted(Math.floorMod(next.getAndIncrement(), PLAYERS));
    }

    /** Empty where it was refused. */
    private String start(String player) {
        JsonNode data = post(player, "start", "{}");
        return data.path("session_id").asText();
    }

    private boolean play(String player, String session) {
        JsonNode data = post(player, "play", "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        return !data.isMissingNode();
    }

    /** What was answered; a missing node where it was refused or not answered. */
    private JsonNode post(String player, String verb, String body) {
        try {
            Answer answer =
                    players.as(Map.of("X-Player-Id", player)).post("/api/v1/games/%s/%s".formatted(game, verb), body);
            if (answer.status() == 200) {
                return answer.data();
            }
            count("%d %s".formatted(answer.status(), answer.reason()));
        } catch (IOException unanswered) {
            count(unanswered.getClass().getSimpleName() + ": " + unanswered.getMessage());
        }
        return MissingNode.getInstance();
    }

    private void count(String what) {
        wrong.computeIfAbsent(what, _ -> new LongAdder()).increment();
    }
}
