package io.fanfare.standalone;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.schemas.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code docs/subscribe.md} tells integrators is what {@link ForeignClientsIT} tries, and names all there is. */
class SubscribePageTest {

    private static final Path PAGE = Path.of("../docs/subscribe.md");
    private static final Path PROGRAMS = Path.of("src/test/node");

    @ParameterizedTest
    @ValueSource(strings = {"subscribe.mjs", "decode-kafkajs.mjs", "decode-confluent.mjs", "longs.mjs"})
    void the_page_shows_the_tested_program(String program) throws IOException {
        assertThat(Files.readString(PAGE)).contains("```js\n" + Files.readString(PROGRAMS.resolve(program)) + "```");
    }

    @Test
    void the_page_names_every_topic_and_every_record_type() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(Topics.all()).allSatisfy(topic -> {
            String types = topic.schemas().stream()
                    .map(schema -> "`%s`".formatted(schema.getName()))
                    .collect(joining(", "));
            assertThat(page)
                    .containsPattern(Pattern.quote("| `%s` |".formatted(topic.name())) + ".*" + Pattern.quote(types));
        });
    }
}
