package io.fanfare.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    private static final String PLAY = """
            {"won": true, "score": 30, "campaign": null, "cause": {"reason": "play"},
             "rewards": [{"type": "voucher"}, {"type": "points", "tags": ["a", "b"]}]}""";

    @ParameterizedTest
    @CsvSource({
        "won=true, true",
        "won=false, false",
        "score=30, true",
        "cause.reason=play, true",
        "cause.reason=adjust, false",
        "rewards.type=points, true",
        "rewards.type=lucky_item, false",
        "rewards.tags=b, true",
        "campaign=null, true",
        "nothing=null, false",
        "cause=play, false"
    })
    void asks_for_a_field_by_its_path(String field, boolean isLet) throws JsonProcessingException {
        assertThat(fields(field).lets(decoded("demo/ada", PLAY))).isEqualTo(isLet);
    }

    @Test
    void wants_all_fields_as_said() throws JsonProcessingException {
        assertThat(fields("won=true", "score=30").lets(decoded("demo/ada", PLAY)))
                .isTrue();
        assertThat(fields("won=true", "score=31").lets(decoded("demo/ada", PLAY)))
                .isFalse();
    }

    @Test
    void knows_tenant_and_player_by_the_key() throws JsonProcessingException {
        var ada = new Filter(Optional.of("demo"), Optional.of("ada"), List.of());

        assertThat(ada.lets(decoded("demo/ada", PLAY))).isTrue();
        assertThat(ada.lets(decoded("demo/grace", PLAY))).isFalse();
        assertThat(ada.lets(decoded("rival/ada", PLAY))).isFalse();
        assertThat(ada.lets(decoded(null, PLAY))).isFalse();
    }

    @Test
    void lets_what_cannot_be_decoded_where_no_field_is_asked_for() {
        SeenRecord poison = seen("demo/ada", new Decoded.Unreadable(null, "no record", "???"));

        assertThat(fields().lets(poison)).isTrue();
        assertThat(fields("won=true").lets(poison)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"won", "=true", "cause..reason=play", ""})
    void is_refused_where_it_names_no_field(String field) {
        assertThatThrownBy(() -> Filter.Field.parse(field))
                .isInstanceOf(NotUnderstood.class)
                .hasMessageContaining("not '%s'".formatted(field));
    }

    private static Filter fields(String... fields) {
        return new Filter(
                Optional.empty(),
                Optional.empty(),
                List.of(fields).stream().map(Filter.Field::parse).toList());
    }

    private static SeenRecord decoded(@Nullable String key, String json) throws JsonProcessingException {
        return seen(key, new Decoded.Value("PlayCompleted", 1, Json.read(json)));
    }

    private static SeenRecord seen(@Nullable String key, Decoded value) {
        return new SeenRecord("fanfare.plays.v1", 0, 7, Instant.EPOCH, key, Map.of(), value);
    }
}
