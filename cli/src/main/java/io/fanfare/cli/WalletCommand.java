package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.Api.Answer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * {@code wallet}: has the API mend a hole in the numbers of a wallet, behind which its later commands wait; list transfers that have not
 * ended; retry one that stands still; and take back one that has arrived.
 */
final class WalletCommand {

    private static final String ADMIN = "/api/v1/admin/wallets";
    private static final String ROLE = "reward_manager";

    private final PrintStream out;

    WalletCommand(PrintStream out) {
        this.out = out;
    }

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        String what = line.isEmpty() ? "" : line.getFirst();
        List<String> rest = line.isEmpty() ? line : line.subList(1, line.size());
        switch (what) {
            case "mend" -> mend(words("mend", rest, "--player", "--scope", "--sequence", "--reason"), environment);
            case "transfers" -> transfers(words("transfers", rest, "--status", "--limit", "--cursor"), environment);
            case "retry" -> retry(words("retry", rest, "--transfer", "--reason", "--key"), environment);
            case "reverse-transfer" ->
                reverseTransfer(words("reverse-transfer", rest, "--transfer", "--reason", "--key"), environment);
            default ->
                throw new NotUnderstood(
                        "wallet knows mend, transfers, retry and reverse-transfer, not '%s'".formatted(what));
        }
        return Cli.DONE;
    }

    private static Words words(String what, List<String> rest, String... options) {
        var valued = new HashSet<>(Cli.with(Place.OPTIONS, options));
        valued.addAll(Set.of("--tenant", "--token"));
        Words words = Words.of("wallet " + what, rest, Set.of("--json"), valued);
        if (!words.rest().isEmpty()) {
            throw new NotUnderstood("wallet %s does not know what to do with %s"
                    .formatted(what, words.rest().getFirst()));
        }
        if (words.one("--tenant").isPresent() && words.one("--token").isPresent()) {
            throw new NotUnderstood("--token says whose wallets: leave out --tenant");
        }
        return words;
    }

    private void mend(Words words, Map<String, String> environment) throws IOException, InterruptedException {
        ObjectNode body = Json.object()
                .put("player_id", required(words, "--player"))
                .put("scope_key", required(words, "--scope"))
                .put("sequence", sequence(required(words, "--sequence")))
                .put("reason", required(words, "--reason"));
        Place place = Place.of(words, environment);
        try (var api = new Api(place.api(), caller(words, place))) {
            JsonNode mended = require(
                    "mending the wallet",
                    api.post(ADMIN + "/gaps/mend", body, UUID.randomUUID().toString()));
            show(words, mended, describeMended(mended));
        }
    }

    private void transfers(Words words, Map<String, String> environment) throws IOException, InterruptedException {
        var path = new StringBuilder(ADMIN + "/transfers?limit=" + words.number("--limit", 20, 1, 100));
        words.one("--status").ifPresent(status -> path.append("&status=").append(encoded(status)));
        words.one("--cursor").ifPresent(cursor -> path.append("&cursor=").append(encoded(cursor)));
        Place place = Place.of(words, environment);
        try (var api = new Api(place.api(), caller(words, place))) {
            JsonNode page = require("the list of transfers", api.get(path.toString()));
            show(words, page, describePage(page));
        }
    }

    private void retry(Words words, Map<String, String> environment) throws IOException, InterruptedException {
        JsonNode transfer = onTransfer("retry", "retrying the transfer", words, environment);
        show(
                words,
                transfer,
                "attempt %d: %s".formatted(transfer.path("attempt").asInt(), describe(transfer)));
    }

    private void reverseTransfer(Words words, Map<String, String> environment)
            throws IOException, InterruptedException {
        JsonNode back = onTransfer("reverse", "reversing the transfer", words, environment);
        show(
                words,
                back,
                "%s is taken back by %s".formatted(back.path("reverses").asText(), describe(back)));
    }

    /** What the API does with one transfer, for a reason, once for each key. */
    private static JsonNode onTransfer(String action, String what, Words words, Map<String, String> environment)
            throws IOException, InterruptedException {
        String path = ADMIN + "/transfers/%s/%s".formatted(encoded(required(words, "--transfer")), action);
        ObjectNode body = Json.object().put("reason", required(words, "--reason"));
        String key = words.one("--key").orElseGet(() -> UUID.randomUUID().toString());
        Place place = Place.of(words, environment);
        try (var api = new Api(place.api(), caller(words, place))) {
            return require(what, api.post(path, body, key));
        }
    }

    private static JsonNode require(String what, Answer answer) {
        if (!answer.isOk()) {
            throw new RefusedByApi(what, answer);
        }
        return answer.data();
    }

    private void show(Words words, JsonNode data, String text) {
        out.println(words.has("--json") ? Json.pretty(data) : text);
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
                .orElseThrow(() -> new NotUnderstood("%s needs %s".formatted(words.command(), option)));
    }

    private static long sequence(String text) {
        if (text.matches("[1-9][0-9]{0,17}")) {
            return Long.parseLong(text);
        }
        throw new NotUnderstood("--sequence needs a number from 1 on, not '%s'".formatted(text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8);
    }

    private static String describeMended(JsonNode mended) {
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

    private static String describePage(JsonNode page) {
        JsonNode items = page.path("items");
        if (items.isEmpty()) {
            return "no transfers";
        }
        var text = new StringBuilder();
        items.forEach(transfer -> text.append(describe(transfer)).append(System.lineSeparator()));
        JsonNode next = page.path("pagination").path("next_cursor");
        return text.append(next.isTextual() ? "more: --cursor " + next.asText() : "that is all")
                .toString();
    }

    /** One line. */
    private static String describe(JsonNode transfer) {
        JsonNode refusal = transfer.path("refusal");
        JsonNode waitsFor = transfer.path("waits_for");
        JsonNode sequence = waitsFor.path("sequence");
        return "%s %s%s: %d %s from %s to %s in %s, since %s%s"
                .formatted(
                        transfer.path("transfer_id").asText(),
                        transfer.path("status").asText(),
                        refusal.isTextual() ? " (%s)".formatted(refusal.asText()) : "",
                        transfer.path("amount").asLong(),
                        transfer.path("currency").asText(),
                        transfer.path("from_player_id").asText(),
                        transfer.path("to_player_id").asText(),
                        transfer.path("scope_key").asText(),
                        Instant.ofEpochSecond(transfer.path("moved_at").asLong()),
                        waitsFor.isObject()
                                ? ", waits for %s of %s"
                                        .formatted(
                                                sequence.isNumber()
                                                        ? "number " + sequence.asLong()
                                                        : "command "
                                                                + waitsFor.path("command_id")
                                                                        .asText(),
                                                waitsFor.path("player_id").asText())
                                : "");
    }
}
