package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.play.GamesPage.Example;
import io.fanfare.play.RunningApi.Tenant;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code docs/games.md} tells campaign teams is what happens. */
class GamesPageIT {

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();

    @Test
    void every_known_type_has_an_example() {
        assertThat(GamesPage.examples().map(Example::type))
                .containsAll(Shapes.types().keySet());
    }

    @ParameterizedTest
    @MethodSource("io.fanfare.play.GamesPage#examples")
    void an_example_can_be_posted_and_played(Example example) {
        String game = acme.create("/admin/games", example.gameWith(this::prize), "game_id");
        String session = acme.startedBy("ada", game);
        api.clock.jump(Duration.ofSeconds(20));

        Answer played = acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\", \"payload\": %s}"
                        .formatted(session, example.play().path("payload")));

        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        assertThat(played.data().path("play_id").stringValue()).startsWith("play_");
    }

    @Test
    void right_answers_win_the_tier() {
        Example quiz = GamesPage.examples()
                .filter(example -> example.type().equals("quiz"))
                .findFirst()
                .orElseThrow();
        String game = acme.create("/admin/games", quiz.gameWith(this::prize), "game_id");
        String session = acme.startedBy("ada", game);
        api.clock.jump(Duration.ofSeconds(20));

        Answer played = acme.asPlayer(
                "ada",
                "POST",
                "/games/%s/play".formatted(game),
                "{\"session_id\": \"%s\", \"payload\": %s}"
                        .formatted(session, quiz.play().path("payload")));

        assertThat(played.data().path("rewards").path(0).path("name").stringValue())
                .isEqualTo("mug");
        assertThat(played.data().path("metadata").path("correct").longValue()).isEqualTo(2);
    }

    private String prize(String name) {
        String type = name.equals("points") ? "points" : "physical";
        return acme.create(
                "/admin/prizes",
                "{\"name\": \"%s\", \"type\": \"%s\", \"value\": 5}".formatted(name, type),
                "prize_id");
    }
}
