package io.fanfare.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator types, without {@code ./fanfare} before it.
 *
 * @param where options that say which platform is meant
 */
record Commands(List<String> where) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** How a command ended. */
    record Ended(int code, String out, String err) {

        JsonNode json() {
            return JSON.readTree(out);
        }

        List<JsonNode> lines() {
            return out.lines().map(JSON::readTree).toList();
        }

        Ended well() {
            assertThat(code).as("%s%n%s", out, err).isZero();
            return this;
        }
    }

    /** @param line words with blanks between them */
    Ended run(String line) {
        var words = new ArrayList<>(List.of(line.split(" ")));
        words.addAll(where);
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        int code = new Cli(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Map.of()).run(words);
        return new Ended(code, out.toString(UTF_8), err.toString(UTF_8));
    }

    /** The dead letter of this id, as {@code dlq list} shows it; missing where there is none. */
    JsonNode deadLetter(String id) {
        return run("dlq list --limit 1000000 --json")
                .well()
                .json()
                .path("items")
                .valueStream()
                .filter(item -> item.path("id").asString().equals(id))
                .findFirst()
                .orElseGet(() -> JSON.createObjectNode().path("nothing"));
    }
}
