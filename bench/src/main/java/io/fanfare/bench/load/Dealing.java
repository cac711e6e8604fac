package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Insisting.Settled;
import io.fanfare.bench.load.Operation.Convert;
import io.fanfare.bench.load.Operation.HoldAndLeave;
import io.fanfare.bench.load.Operation.HoldAndPost;
import io.fanfare.bench.load.Operation.HoldAndVoid;
import io.fanfare.bench.load.Operation.Play;
import io.fanfare.bench.load.Operation.Redeem;
import io.fanfare.bench.load.Operation.Spend;
import io.fanfare.bench.load.Operation.Transfer;
import io.fanfare.bench.load.Tally.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How the players of a {@link Market} do something. Each answer goes to the {@link Acks}, and what it says was moved to the
 * {@link Purses}. For all threads.
 */
final class Dealing {

    private static final int MAX_COMPLAINTS = 20;
    private static final int HOLD_SECONDS = 86_400;
    private static final int LEFT_SECONDS = 5;
    private static final Set<String> ARRIVED = Set.of("completed", "returned");

    private final Api api;
    private final Market market;
    private final Acks acks;
    private final Insisting insisting;
    private final Purses purses = new Purses();
    private final Tally tally = new Tally();
    private final AtomicInteger poor = new AtomicInteger();
    private final List<String> complaints = new CopyOnWriteArrayList<>();

    private record Request(Kind kind, String player, String key, Api mine, String path, String body) {

        @Override
        public String toString() {
            return "%s of %s under key %s".formatted(kind, player, key);
        }
    }

    private record Answered(Request request, Settled settled, Told told) {}

    /** A transfer that has left its sender. */
    record Sent(String id, String key, String from, String to, long points) {}

    Dealing(Api api, Market market, Acks acks, Duration patience) {
        this.api = api.as(Map.of("X-Tenant-Id", market.tenant()));
        this.market = market;
        this.acks = acks;
        this.insisting = new Insisting(patience);
    }

    static String player(int number) {
        return "customer-%05d".formatted(number);
    }

    int inFlight() {
        return insisting.inFlight();
    }

    Tally tally() {
        return tally;
    }

    /** How many players do not own what they were told. */
    int poor() {
        return poor.get();
    }

    /** What should not have been answered, or is not owned; the first few. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /**
     * Does it, to its end.
     *
     * @param key the player's own, and never used again
     * @param sent takes a transfer that is to be followed
     */
    void carryOut(Operation operation, String player, String key, List<Sent> sent) throws IOException {
        switch (operation) {
            case Play _ -> play(player, key);
            case HoldAndPost(long points, long part) ->
                end(hold(player, key, points, HOLD_SECONDS), key, Kind.POST, "{\"amount\": %d}".formatted(part));
            case HoldAndVoid(long points) -> end(hold(player, key, points, HOLD_SECONDS), key, Kind.VOID, "{}");
            case HoldAndLeave(long points) -> leave(hold(player, key, points, LEFT_SECONDS));
            case Redeem redeem -> count(ask(request(redeem, player, key)));
            case Convert convert -> count(ask(request(convert, player, key)));
            case Spend spend -> count(ask(request(spend, player, key)));
            case Transfer transfer -> {
                Answered answered = count(ask(request(transfer, player, key)));
                if (answered.told() instanceof Told.Done(JsonNode data)) {
                    sent.add(new Sent(
                            data.path("transfer_id").asText(), key, player, player(transfer.to()), transfer.points()));
                }
            }
        }
    }

    /** Asks for the same once more, where that is one request; whether it gets the same answer is for {@code verify} to find out. */
    void again(Operation operation, String player, String key) throws IOException {
        switch (operation) {
            case Play _, HoldAndPost _, HoldAndVoid _, HoldAndLeave _ -> {}
            case Redeem redeem -> complain(ask(request(redeem, player, key)));
            case Convert convert -> complain(ask(request(convert, player, key)));
            case Transfer transfer -> complain(ask(request(transfer, player, key)));
            case Spend spend -> complain(ask(request(spend, player, key)));
        }
    }

    /** Returns when the amount is with its receiver, or back. */
    void follow(Sent sent) throws IOException {
        Answer end = insisting.ask(
                "transfer %s of %s".formatted(sent.id(), sent.from()),
                as(sent.from()),
                "/api/v1/wallet/transfers/" + sent.id(),
                answer -> ARRIVED.contains(answer.data().path("status").asText()));
        boolean isBack = end.data().path("status").asText().equals("returned");
        purses.add(isBack ? sent.from() : sent.to(), Market.POINTS, sent.points());
        acks.transfer(market.tenant(), sent.from(), sent.key(), end.data());
    }

    /** Compares what a player owns with what they were told. */
    void audit(String player) throws IOException {
        Answer wallet = insisting.ask(
                "the wallet of " + player,
                as(player),
                "/api/v1/wallet?scope_key=" + market.scope(),
                answer -> answer.status() == 200
                        && answer.data().path("freshness").path("fresh").asBoolean()
                        && isNothingHeld(answer.data()));
        purses.difference(player, wallet.data()).ifPresent(difference -> {
            complain(difference);
            poor.incrementAndGet();
        });
    }

    private static boolean isNothingHeld(JsonNode wallet) {
        return wallet.path("balances").findValues("held").stream().allMatch(held -> held.asLong() == 0);
    }

    private Api as(String player) {
        return api.as(Map.of("X-Player-Id", player));
    }

    private Request ofPlayer(Kind kind, String player, String key, String path, String body) {
        return new Request(kind, player, key, as(player).as(Map.of("Idempotency-Key", key)), path, body);
    }

    /** The programs of a tenant share their keys. */
    private Request ofMachine(Kind kind, String player, String key, String path, String body) {
        String shared = player + "/" + key;
        Api machine = api.as(Map.of("X-Roles", "machine", "Idempotency-Key", shared));
        return new Request(kind, player, shared, machine, path, body);
    }

    private Request request(Redeem redeem, String player, String key) {
        return ofPlayer(
                redeem.shelf().isPaid() ? Kind.REDEEM : Kind.UNLOCK,
                player,
                key,
                "/api/v1/games/%s/redeem".formatted(market.game(redeem.shelf())),
                "{\"milestone_id\": \"%s\"}".formatted(redeem.milestone()));
    }

    private Request request(Convert convert, String player, String key) {
        return ofPlayer(
                Kind.CONVERT,
                player,
                key,
                "/api/v1/wallet/convert",
                "{\"scope_key\": \"%s\", \"amount\": %d}".formatted(market.scope(), convert.points()));
    }

    private Request request(Transfer transfer, String player, String key) {
        return ofPlayer(Kind.TRANSFER, player, key, "/api/v1/wallet/transfer", """
                {"scope_key": "%s", "to_player_id": "%s", "currency": "points", "amount": %d}""".formatted(
                        market.scope(), player(transfer.to()), transfer.points()));
    }

    private Request request(Spend spend, String player, String key) {
        return ofMachine(Kind.SPEND, player, key, "/api/v1/wallets/spend", """
                {"player_id": "%s", "scope_key": "%s", "amounts": [{"currency": "%s", "amount": %d}]}""".formatted(
                        player, market.scope(), spend.currency(), spend.amount()));
    }

    private void play(String player, String key) throws IOException {
        String game = "/api/v1/games/" + market.game(Market.Shelf.SHOP);
        Settled started = send(ofPlayer(Kind.PLAY, player, key + "-start", game + "/start", "{}"));
        String session = started.end().data().path("session_id").asText();
        Answered played = ask(ofPlayer(
                Kind.PLAY,
                player,
                key,
                game + "/play",
                "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session)));
        count(played);
        if (played.told() instanceof Told.Done(JsonNode data)) {
            acks.append(market.tenant(), player, key, session, data);
        }
    }

    private Answered hold(String player, String key, long points, int seconds) throws IOException {
        return count(ask(ofMachine(Kind.HOLD, player, key + "-hold", "/api/v1/wallets/holds", """
                {"player_id": "%s", "scope_key": "%s", "currency": "points", "amount": %d, "timeout": %d}""".formatted(
                        player, market.scope(), points, seconds))));
    }

    private void end(Answered held, String key, Kind end, String body) throws IOException {
        if (held.told() instanceof Told.Done) {
            String hold = held.settled().asked().data().path("hold_id").asText();
            String verb = end == Kind.POST ? "post" : "void";
            String path = "/api/v1/wallets/holds/%s/%s".formatted(hold, verb);
            count(ask(ofMachine(end, held.request().player(), key, path, body)));
        }
    }

    /** What comes back by itself is owned as if it had never been away; the audit waits for it. */
    private void leave(Answered held) {
        if (held.told() instanceof Told.Done(JsonNode data)) {
            purses.comeBack(held.request().player(), data);
        }
    }

    private Settled send(Request request) throws IOException {
        return insisting.post(request.toString(), request.mine(), request.path(), request.body());
    }

    /** Sends, understands, and writes down. */
    private Answered ask(Request request) throws IOException {
        Settled settled = send(request);
        Told told = Told.of(request.kind(), settled);
        switch (request.kind()) {
            case PLAY -> {}
            case REDEEM, UNLOCK -> acks.redemption(market.tenant(), request.player(), request.key(), told);
            case TRANSFER -> {
                if (told instanceof Told.Done(JsonNode data)) {
                    acks.transfer(market.tenant(), request.player(), request.key(), data);
                } else {
                    acks.command(market.tenant(), request.player(), request.key(), told);
                }
            }
            case CONVERT, SPEND, HOLD, POST, VOID ->
                acks.command(market.tenant(), request.player(), request.key(), told);
        }
        return new Answered(request, settled, told);
    }

    private Answered count(Answered answered) {
        Kind kind = answered.request().kind();
        switch (answered.told()) {
            case Told.Done(JsonNode data) -> {
                tally.done(kind, answered.settled());
                purses.move(kind, answered.request().player(), data);
            }
            case Told.Refused refused -> tally.refused(kind, answered.settled(), refused.reason());
            case Told.Wrong _ -> complain(answered);
        }
        return answered;
    }

    private void complain(Answered answered) {
        if (answered.told() instanceof Told.Wrong(String complaint)) {
            complain(answered.request() + " was " + complaint);
        }
    }

    private void complain(String complaint) {
        if (complaints.size() < MAX_COMPLAINTS) {
            complaints.add(complaint);
        }
    }
}
