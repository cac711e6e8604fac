package io.fanfare.streams.leaderboard;

import static io.fanfare.streams.leaderboard.Records.board;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.DeadLetter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefinitionCheckTopologyTest {

    @TempDir
    private Path directory;

    private DrivenApp app;

    @BeforeEach
    void start() {
        app = new DrivenApp(LeaderboardsConfiguration.DEFINITION_CHECK, directory);
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void a_definition_that_can_be_used_is_no_letter() {
        app.configured(board("total_plays"));

        assertThat(app.deadLetters()).isEmpty();
    }

    @Test
    void bytes_that_are_no_definition_become_a_dead_letter() {
        app.configured("acme/leaderboard/board_9/1", "no definition".getBytes(UTF_8));

        assertThat(app.deadLetters()).extracting(DeadLetter::getSourceTopic).containsExactly("fanfare.config.v1");
    }

    @Test
    void a_board_with_an_unknown_metric_becomes_a_dead_letter() {
        app.configured(board("fastest"));

        List<DeadLetter> letters = app.deadLetters();
        assertThat(letters).hasSize(1);
        assertThat(letters.getFirst().getDetail()).contains("fastest");
    }

    @Test
    void a_tombstone_is_nothing_to_tell() {
        app.forgotten("acme/leaderboard/board_9/1");

        assertThat(app.deadLetters()).isEmpty();
    }
}
