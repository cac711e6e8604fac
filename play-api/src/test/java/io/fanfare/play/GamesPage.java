package io.fanfare.play;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The examples of {@code docs/games.md}. */
final class GamesPage {

    private static final Path PAGE = Path.of("../docs/games.md");
    private static final Pattern EXAMPLE = Pattern.compile(
            "^## `(?<type>\\w+)`$.*?^```json$(?<game>.*?)^```$.*?^```json$(?<play>.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern PRIZE = Pattern.compile("\"prize_(\\w+)\"(?!:)");

    private GamesPage() {}

    /**
     * A type of game.
     *
     * @param game as it is posted, with names of prizes in it
     * @param play as it is sent, without the session
     */
    record Example(String type, String game, JsonNode play) {

        JsonNode configured(String field) {
            return JsonMapper.shared().readTree(game).path(field);
        }

        /** With prizes that there are. */
        String gameWith(UnaryOperator<String> prizeNamed) {
            return PRIZE.matcher(game).replaceAll(prize -> '"' + prizeNamed.apply(prize.group(1)) + '"');
        }

        @Override
        public String toString() {
            return type;
        }
    }

    static Stream<Example> examples() {
        return all().stream();
    }

    private static List<Example> all() {
        try {
            return EXAMPLE.matcher(Files.readString(PAGE))
                    .results()
                    .map(GamesPage::example)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Example example(MatchResult found) {
        return new Example(
                found.group("type"), found.group("game"), JsonMapper.shared().readTree(found.group("play")));
    }
}
