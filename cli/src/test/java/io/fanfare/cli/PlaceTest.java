package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {

    private final Path data;

    PlaceTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void is_what_the_platform_in_one_process_says_of_itself() throws IOException {
        write("run/platform.properties", """
                state=starting
                parts=4
                part.0.name=Kafka broker
                part.0.address=kafka://127.0.0.1:19092
                part.1.name=Schema registry
                part.1.address=http://127.0.0.1:18081/apis/ccompat/v7
                part.2.name=Play API
                part.2.address=http://127.0.0.1:18080
                part.3.name=Fulfilment worker
                part.3.address=http://127.0.0.1:18084
                """);
        write("demo.properties", "tenant=demo\ngame=game_1\n");

        Place place = place();

        assertThat(place.api()).isEqualTo(URI.create("http://127.0.0.1:18080"));
        assertThat(place.bootstrap()).isEqualTo("127.0.0.1:19092");
        assertThat(place.registry()).isEqualTo(URI.create("http://127.0.0.1:18081/apis/ccompat/v7"));
        assertThat(place.services()).containsOnlyKeys("Play API", "Fulfilment worker");
        assertThat(place.starting()).isTrue();
        assertThat(place.game()).isEqualTo("game_1");
    }

    @Test
    void is_what_the_processes_of_a_cluster_say_of_themselves() throws IOException {
        write("run/cluster.properties", "api=18080\n");
        write("run/broker.properties", "name=broker\naddress=kafka://127.0.0.1:19092\n");
        write("run/registry.properties", "name=registry\naddress=http://127.0.0.1:18081/apis/ccompat/v7\n");
        write("run/play-api-1.properties", "name=play-api-1\naddress=http://127.0.0.1:18080\n");
        write("run/play-api-2.properties", "name=play-api-2\naddress=http://127.0.0.1:18086\n");
        write("run/streams-1.properties", "name=streams-1\naddress=http://127.0.0.1:18082\n");

        Place place = place();

        assertThat(place.api()).isEqualTo(URI.create("http://127.0.0.1:18080"));
        assertThat(place.bootstrap()).isEqualTo("127.0.0.1:19092");
        assertThat(place.services()).containsOnlyKeys("play-api-1", "play-api-2", "streams-1");
        assertThat(place.starting()).isFalse();
    }

    @Test
    void is_elsewhere_where_somebody_says_so() throws IOException {
        write("run/broker.properties", "name=broker\naddress=kafka://127.0.0.1:19092\n");
        write("demo.properties", "tenant=demo\ngame=game_1\n");

        Place place = place("--url", "https://play.example/", "--kafka", "kafka.example:9092");

        assertThat(place.api()).isEqualTo(URI.create("https://play.example"));
        assertThat(place.bootstrap()).isEqualTo("kafka.example:9092");
        assertThat(place.registry()).isEqualTo(URI.create("http://registry.example/apis/ccompat/v7"));
        assertThat(place.game()).isNull();
    }

    @Test
    void is_unknown_where_nothing_runs() {
        assertThatThrownBy(this::place)
                .isInstanceOf(CannotDo.class)
                .hasMessageContaining("no platform runs on " + data);
    }

    private Place place(String... options) throws IOException {
        List<String> line = Stream.concat(Stream.of("--data", data.toString()), Stream.of(options))
                .toList();
        Map<String, String> environment = options.length == 0
                ? Map.of()
                : Map.of("FANFARE_REGISTRY_URL", "http://registry.example/apis/ccompat/v7");
        return Place.of(Words.of("play", line, Set.of(), Place.OPTIONS), environment);
    }

    private void write(String file, String lines) throws IOException {
        Path path = data.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, lines);
    }
}
