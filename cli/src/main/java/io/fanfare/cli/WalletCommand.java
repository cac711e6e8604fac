package io.fanfare.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Api.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code wallet mend}: has the API mend a hole in the numbers of a wallet, behind which its later commands wait. */
final class WalletCommand {

    private static final String PATH = "/api/v1/admin/wallets/gaps/mend";
    private static final String ROLE = "reward_manager";

    private final PrintStream out;

    WalletCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        Words words = Words.of(
                "wallet",
                line,
                Set.of("--json"),
                Cli.with(Place.OPTIONS, "--player", "--scope", "--sequence", "--reason", "--tenant", "--token"));
        String what = words.only().orElse("");
        if (!what.equals("mend")) {
            throw new NotUnderstood("wallet knows mend, not '%s'".formatted(what));
        }
        ObjectNode body = Json.object()
                .put("player_id", required(words, "--player"))
                .put("scope_key", required(words, "--scope"))
                .put("sequence", sequence(required(words, "--sequence")))
                .put("reason", required(words, "--reason"));
        if (words.one("--tenant").isPresent() && words.one("--token").isPresent()) {
            throw new NotUnderstood("--token says whose wallets: leave out --tenant");
        }
        Place place = Place.of(words, environment);
        try (var api = new Api(place.api(), caller(words, place))) {
            Answer answer = api.post(PATH, body, UUID.randomUUID().toString());
            if (!answer.isOk()) {
                throw new RefusedByApi("mending the wallet", answer);
            }
            out.println(words.has("--json") ? Json.pretty(answer.data()) : describe(answer.data()));
        }
        return Cli.DONE;
    }

    /** A token says who does it; without one the headers of development mode do. */
    private static Map<String, String> caller(Words words, Place place) {
        if (words.one("--token").isPresent()) {
            return Map.of("Authorization", "Bearer " + words.one("--token").orElseThrow());
        }
        String tenant = words.one("--tenant").orElse(place.tenant() == null ? "demo" : place.tenant());
        return Map.of("X-Tenant-Id", tenant, "X-Roles", ROLE);
    }

    private static String required(Words words, String option) {
        return words.one(option)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new NotUnderstood("wallet mend needs %s".formatted(option)));
    }

    private static long sequence(String text) {
        if (text.matches("[1-9][0-9]{0,17}")) {
            return Long.parseLong(text);
        }
        throw new NotUnderstood("--sequence needs a number from 1 on, not '%s'".formatted(text));
    }

    private static String describe(JsonNode mended) {
        String done = mended.path("remedy").asText().equals("fill")
                ? "lost for good: command %s, which does nothing, takes its place"
                : "kept: command %s was published again";
        return "number %d of %s in %s was %s (%s)"
                .formatted(
                        mended.path("sequence").asLong(),
                        mended.path("player_id").asText(),
                        mended.path("scope_key").asText(),
                        done.formatted(mended.path("command_id").asText()),
                        mended.path("status").asText());
    }
}
