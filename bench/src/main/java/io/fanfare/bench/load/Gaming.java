package io.fanfare.bench.load;

import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Outcome.Acknowledged;
import io.fanfare.bench.load.Outcome.OutOfTurns;
import io.fanfare.bench.load.Outcome.Wrong;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * How somebody plays a {@link Wheel}. A request that got no answer, or one that is not final, is sent again under the same
 * key until it gets one, however long the platform is away. Every answer to a play goes to the {@link Acks}. For all threads.
 */
public final class Gaming {

    private static final int PLAYERS = 2000;

    private final Api api;
    private final Wheel wheel;
    private final Acks acks;
    private final Insisting insisting;
    private final Insisting visibility;

    /** @param patience how long one request is repeated before that counts as a failure of the platform */
    public Gaming(Api api, Wheel wheel, Acks acks, Duration patience) {
        this.api = api.as(Map.of("X-Tenant-Id", wheel.tenant()));
        this.wheel = wheel;
        this.acks = acks;
        this.insisting = new Insisting(patience);
        this.visibility = new Insisting(patience);
    }

    /** One of {@value #PLAYERS} players, in turn. */
    public static String player(long number) {
        return "player-%04d".formatted(number % PLAYERS);
    }

    /** Requests that wait for an answer at this moment. */
    public int inFlight() {
        return insisting.inFlight();
    }

    /** Starts a session and plays it. {@code key} is the player's own, and never used again. */
    public Outcome play(String player, String key) throws IOException, InterruptedException {
        Answer started = start(player, key);
        return started.status() == 200 ? play(player, key, session(started)) : refusal(player, "start", started);
    }

    /** Starts a session and leaves it to be played. */
    public Answer start(String player, String key) throws IOException, InterruptedException {
        return insist("start", player, key + "-start", "{}");
    }

    /** Of an answer to {@link #start}. */
    public static String session(Answer started) {
        return started.data().path("session_id").asText();
    }

    /** Plays a session. */
    public Outcome play(String player, String key, String session) throws IOException, InterruptedException {
        return ask(player, key + "-play", session);
    }

    /** Asks the same once more; whether it gets the same answer is for {@code verify} to find out. */
    public Outcome repeat(Acknowledged play) throws IOException, InterruptedException {
        return ask(play.player(), play.key(), play.session());
    }

    /**
     * Returns when the wallet shows the credit.
     *
     * @return {@link System#nanoTime} when the answer that showed it was complete
     */
    public long awaitVisible(Api state, Outcome.Credit credit) throws IOException, InterruptedException {
        Api machine = state.as(Map.of("X-Tenant-Id", wheel.tenant(), "X-Roles", "machine"));
        String path = "/state/v1/wallets/%s?scope_key=%s&applied=%d&wait_ms=2000"
                .formatted(encoded(credit.player()), encoded(credit.scopeKey()), credit.number());
        return visibility
                .ask(
                        "the visibility of " + credit,
                        machine,
                        path,
                        answer -> answer.status() == 200
                                && answer.data().path("freshness").path("fresh").asBoolean())
                .heardNanos();
    }

    private Outcome ask(String player, String key, String session) throws IOException, InterruptedException {
        Answer answer = insist("play", player, key, "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        if (answer.status() != 200) {
            return refusal(player, "play", answer);
        }
        acks.append(wheel.tenant(), player, key, session, answer.data());
        return new Acknowledged(
                player,
                answer.data().path("play_id").asText(),
                key,
                session,
                answer.data().path("consistency").textValue(),
                answer.sentNanos(),
                answer.heardNanos());
    }

    private static Outcome refusal(String player, String verb, Answer answer) {
        return answer.reason().equals("OUT_OF_TURNS")
                ? new OutOfTurns(player)
                : new Wrong("%s of %s was answered %d: %s".formatted(verb, player, answer.status(), answer.body()));
    }

    private Answer insist(String verb, String player, String key, String body) throws IOException {
        return insisting
                .post(
                        "%s of %s under key %s".formatted(verb, player, key),
                        api.as(Map.of("X-Player-Id", player, "Idempotency-Key", key)),
                        "/api/v1/games/%s/%s".formatted(wheel.game(), verb),
                        body)
                .end();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
