package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArgumentsTest {

    @Test
    void all_options_are_understood() {
        var words = List.of("--data", "/d", "--port", "19080", "--acks", "a.jsonl", "--patience", "30", "--json");

        assertThat(Arguments.parse(words))
                .isEqualTo(new Arguments.Run(
                        Path.of("/d"), OptionalInt.of(19_080), Path.of("a.jsonl"), Duration.ofSeconds(30), true));
    }

    @Test
    void what_is_not_understood_is_refused_by_name() {
        assertThat(Arguments.parse(List.of("--fast"))).isEqualTo(new Arguments.Refused("verify does not know --fast"));
        assertThat(Arguments.parse(List.of("--port", "high")))
                .isEqualTo(new Arguments.Refused("--port needs a number, not high"));
        assertThat(Arguments.parse(List.of("--acks"))).isEqualTo(new Arguments.Refused("--acks needs a value"));
    }

    @Test
    void the_platform_is_where_its_folder_says(@TempDir Path data) throws Exception {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/platform.properties"), """
                parts=1
                part.0.name=Play API
                part.0.address=http://127.0.0.1:19080
                """);

        assertThat(Target.in(data)).isEqualTo(Target.atPort(19_080));
        assertThat(Target.atPort(19_080).bootstrap()).isEqualTo("127.0.0.1:20092");
        assertThat(Target.in(data.resolve("none"))).isEqualTo(Target.atPort(8080));
    }

    @Test
    void a_cluster_is_where_its_first_api_says(@TempDir Path data) throws Exception {
        Files.createDirectories(data.resolve("run"));
        Files.writeString(data.resolve("run/play-api-1.properties"), "address=http://127.0.0.1:18080\n");

        assertThat(Target.in(data)).isEqualTo(Target.atPort(18_080));
    }

    @Test
    void the_environment_has_the_last_word_and_passwords_stay_out_of_texts() {
        Target target = Target.atPort(8080)
                .with(Map.of("FANFARE_DB_PASSWORD", "hush", "FANFARE_KAFKA_BOOTSTRAP", "broker:9092"));

        assertThat(target.bootstrap()).isEqualTo("broker:9092");
        assertThat(target.password()).isEqualTo("hush");
        assertThat(target.toString()).doesNotContain("hush");
    }
}
