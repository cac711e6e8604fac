package io.fanfare.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.DeadLetter;
import io.fanfare.schemas.Topic.Retention;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TopicsTest {

    @Test
    void have_names_of_their_own() {
        Set<String> names = Topics.all().stream().map(Topic::name).collect(Collectors.toSet());

        assertThat(names).hasSameSizeAs(Topics.all());
    }

    @Test
    void keep_for_ever_what_an_invariant_is_recomputed_from() {
        List<Topic<?, ?>> sources = List.of(Topics.PLAYS, Topics.WALLET_COMMANDS, Topics.WALLET_ENTRIES);

        assertThat(sources)
                .allSatisfy(topic -> assertThat(topic.retention().settings())
                        .containsEntry("retention.ms", "-1")
                        .containsEntry("cleanup.policy", "delete"));
    }

    @Test
    void keep_the_last_version_of_what_is_configured() {
        assertThat(Topics.CONFIG.retention().settings()).containsEntry("cleanup.policy", "compact");
    }

    @Test
    void name_the_subject_of_a_record_after_topic_and_record() {
        assertThat(Topics.DEAD_LETTERS.subject(DeadLetter.getClassSchema()))
                .isEqualTo("fanfare.dead-letters.v1-DeadLetter");
    }

    @Test
    void refuse_a_name_without_a_version() {
        assertThatThrownBy(() -> Topic.keyedByText(
                        "fanfare.plays", "tenant/player", Retention.FOREVER, "plays", List.of(DeadLetter.class)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("topic name is 'fanfare.plays', expected fanfare.<feature>.v<n>");
    }
}
