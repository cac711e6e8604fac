package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CliTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path nowhere;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dance",
                "play --times 0",
                "play --payload 3",
                "play --payload {",
                "play game --token x --player ada",
                "tail nosuch",
                "tail plays --filter won",
                "tail plays --from yesterday",
                "tail plays config",
                "dlq",
                "dlq bury",
                "dlq list everything",
                "dlq list --topic nosuch",
                "dlq replay",
                "dlq replay --all --topic plays",
                "dlq replay --id plays",
                "clock tomorrow",
                "wallet",
                "wallet mend --player ada",
                "wallet retry",
                "wallet reverse-transfer --transfer tr_1",
                "wallet transfers --limit 0",
                "rebuild",
                "rebuild boards",
                "rebuild wallets --patience 0",
                "clock +1d +2d"
            })
    void what_is_not_understood_ends_with_2_and_a_reason(String line) {
        assertThat(run(line)).isEqualTo(2);
        assertThat(err.toString(UTF_8)).isNotBlank();
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"play game", "tail plays", "dlq list", "dlq replay --all", "clock", "clock +1d"})
    void without_a_platform_it_ends_with_1_and_says_how_to_get_one(String line) {
        assertThat(run(line + " --data " + nowhere)).isEqualTo(1);
        assertThat(err.toString(UTF_8))
                .contains("no platform runs on " + nowhere)
                .contains("./fanfare up");
    }

    @Test
    void a_service_that_does_not_answer_is_named() {
        assertThat(run("play game --url http://127.0.0.1:9")).isEqualTo(1);
        assertThat(err.toString(UTF_8)).contains("http://127.0.0.1:9 does not answer");
    }

    @Test
    void tail_without_a_topic_lists_them() {
        assertThat(run("tail")).isZero();
        assertThat(out.toString(UTF_8)).contains("wallet-commands       fanfare.wallet-commands.v1");
    }

    private int run(String line) {
        var cli = new Cli(new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), Map.of());
        return cli.run(line.isEmpty() ? List.of() : List.of(line.split(" ")));
    }
}
