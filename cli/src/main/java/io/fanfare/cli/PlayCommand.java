package io.fanfare.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Api.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code play}: plays as a player would, over REST, and shows what was won and what the player has. */
final class PlayCommand {

    private static final int MOST_PLAYS = 100_000;

    private final PrintStream out;

    PlayCommand(PrintStream out) {
        this.out = out;
    }

    /**
     * What is to be played.
     *
     * @param game id
     * @param payload what the player does in the game
     */
    private record Wish(String game, int times, JsonNode payload, boolean json) {}

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        var valued = Cli.with(Place.OPTIONS, "--player", "--tenant", "--merchant", "--times", "--payload", "--token");
        Words words = Words.of("play", line, Set.of("--json"), valued);
        refuseTwoIdentities(words);
        int times = words.number("--times", 1, 1, MOST_PLAYS);
        JsonNode payload = payload(words.one("--payload").orElse("{}"));
        Place place = Place.of(words, environment);
        String game = words.only().orElse(place.game() == null ? "" : place.game());
        if (game.isEmpty()) {
            throw new NotUnderstood("play which game? There is no demo here; its id comes first: play GAME");
        }
        Map<String, String> caller = caller(words, place.tenant() == null ? "demo" : place.tenant());
        try (var api = new Api(place.api(), caller)) {
            play(api, new Wish(game, times, payload, words.has("--json")));
        }
        return Cli.DONE;
    }

    private static void refuseTwoIdentities(Words words) {
        boolean isNamed = List.of("--player", "--tenant", "--merchant").stream()
                .anyMatch(option -> words.one(option).isPresent());
        if (isNamed && words.one("--token").isPresent()) {
            throw new NotUnderstood("--token says who plays: leave out --player, --tenant and --merchant");
        }
    }

    /** A token says who plays; without one the headers of development mode do. */
    private static Map<String, String> caller(Words words, String tenant) {
        if (words.one("--token").isPresent()) {
            return Map.of("Authorization", "Bearer " + words.one("--token").orElseThrow());
        }
        var headers = new HashMap<String, String>();
        headers.put("X-Tenant-Id", words.one("--tenant").orElse(tenant));
        headers.put("X-Player-Id", words.one("--player").orElse("ada"));
        words.one("--merchant").ifPresent(merchant -> headers.put("X-Merchant-Id", merchant));
        return headers;
    }

    private static JsonNode payload(String text) {
        try {
            JsonNode payload = Json.read(text);
            if (payload.isObject()) {
                return payload;
            }
            throw new NotUnderstood("--payload needs a JSON object, not '%s'".formatted(text));
        } catch (JsonProcessingException e) {
            throw new NotUnderstood("--payload '%s' is no JSON: %s".formatted(text, e.getOriginalMessage()));
        }
    }

    private void play(Api api, Wish wish) throws InterruptedException {
        var plays = new ArrayList<JsonNode>();
        RefusedByApi refused = null;
        for (int i = 0; i < wish.times() && refused == null; i++) {
            try {
                JsonNode play = playOnce(api, wish);
                plays.add(play);
                if (!wish.json()) {
                    out.println(describe(play));
                }
            } catch (RefusedByApi e) {
                refused = e;
            }
        }
        if (!plays.isEmpty()) {
            show(wish, plays, wallet(api), refused);
        }
        if (refused != null) {
            throw plays.isEmpty() || !wish.json()
                    ? refused
                    : new CannotDo(String.valueOf(refused.getMessage()), refused);
        }
    }

    private static JsonNode playOnce(Api api, Wish wish) throws InterruptedException {
        String path = "/api/v1/games/" + URLEncoder.encode(wish.game(), StandardCharsets.UTF_8);
        Answer started = api.post(path + "/start", Json.object(), key());
        if (!started.isOk()) {
            throw new RefusedByApi("the start", started);
        }
        ObjectNode body = Json.object();
        body.set("session_id", started.data().path("session_id"));
        body.set("payload", wish.payload());
        Answer played = api.post(path + "/play", body, key());
        if (!played.isOk()) {
            throw new RefusedByApi("the play", played);
        }
        return played.data();
    }

    private static JsonNode wallet(Api api) throws InterruptedException {
        Answer wallet = api.get("/api/v1/wallet");
        if (!wallet.isOk()) {
            throw new RefusedByApi("the wallet", wallet);
        }
        return wallet.data();
    }

    private void show(Wish wish, List<JsonNode> plays, JsonNode wallet, @Nullable RefusedByApi refused) {
        if (wish.json()) {
            ObjectNode all = Json.object().put("game_id", wish.game());
            ArrayNode items = Json.array();
            plays.forEach(items::add);
            all.set("plays", items);
            all.set("wallet", wallet);
            if (refused != null) {
                all.set("refused", refused.json());
            }
            out.println(Json.pretty(all));
            return;
        }
        if (plays.size() > 1) {
            long wins = plays.stream()
                    .filter(play -> !play.path("rewards").isEmpty())
                    .count();
            out.println("%d plays, %d won".formatted(plays.size(), wins));
        }
        JsonNode balances = wallet.path("balances");
        out.println(balances.isEmpty() ? "wallet: empty" : "wallet:");
        balances.forEach(balance -> out.println("  %-12s %8d%s  in %s"
                .formatted(
                        balance.path("currency").asText(),
                        balance.path("balance").asLong(),
                        balance.path("held").asLong() == 0
                                ? ""
                                : " (%d held)".formatted(balance.path("held").asLong()),
                        balance.path("scope_key").asText())));
        if (!wallet.path("freshness").path("fresh").asBoolean(true)) {
            out.println("  (not yet with the last play; look again in a moment)");
        }
    }

    private static String describe(JsonNode play) {
        JsonNode rewards = play.path("rewards");
        String id = play.path("play_id").asText();
        if (rewards.isEmpty()) {
            return "no win    %s%s".formatted(id, resolution(play));
        }
        var won = new ArrayList<String>();
        for (JsonNode reward : rewards) {
            String code = reward.path("code").asText("");
            long quantity = reward.path("quantity").asLong(1);
            won.add("%s%s (%s, %d)%s"
                    .formatted(
                            quantity == 1 ? "" : quantity + " × ",
                            reward.path("name").asText(),
                            reward.path("type").asText(),
                            reward.path("value").asLong(),
                            code.isEmpty() || code.equals("null") ? "" : " code " + code));
        }
        return "won       %s  %s%s".formatted(id, String.join(", ", won), resolution(play));
    }

    /** What was drawn and could not be had. */
    private static String resolution(JsonNode play) {
        JsonNode resolution = play.path("metadata").path("resolution");
        return resolution.isEmpty() ? "" : "  not available: " + Json.line(resolution);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}
