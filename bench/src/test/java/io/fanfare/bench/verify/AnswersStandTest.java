package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.bench.verify.Snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersStandTest {

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(5);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void no_acknowledgements_show_nothing() {
        world.acknowledged.clear();

        assertThat(check().passed()).isFalse();
    }

    @Test
    void the_same_answer_to_a_repeated_request_is_well() {
        world.acknowledged.add(world.acknowledged.getFirst());

        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_lost_play_is_reported() {
        world.plays.removeLast();

        assertViolated("play play5 of acme/linus was acknowledged and does not exist");
    }

    @Test
    void another_outcome_is_reported() {
        world.acknowledged.set(0, told("ada", "play1", "key1", List.of()));

        assertViolated("play acme/play1 was acknowledged with []");
    }

    @Test
    void another_players_play_is_reported() {
        world.acknowledged.set(0, told("grace", "play1", "key1", null));

        assertViolated("was acknowledged to acme/grace and is of acme/ada");
    }

    @Test
    void two_answers_to_one_key_are_reported() {
        world.acknowledged.add(told("ada", "play3", "key1", List.of()));

        assertViolated("key 'key1' of acme/ada was answered with play play1 and then with play3");
    }

    @Test
    void one_play_for_two_requests_is_reported() {
        world.acknowledged.add(told("ada", "play3", "other", List.of()));

        assertViolated("play acme/play3 was acknowledged to two requests");
    }

    @Test
    void a_play_that_is_not_on_its_topic_is_reported() {
        world.playFacts.removeLast();

        assertViolated("play acme/play5 was acknowledged and is not in its topic");
    }

    @Test
    void a_file_is_read_up_to_its_last_whole_line(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("acks");
        Files.writeString(file, """
                {"tenant": "acme", "player": "ada", "play_id": "p1", "idempotency_key": "k", "won": true,
                """.strip() + """
                 "rewards": [{"reward_id": "r", "prize_id": "z", "type": "points", "quantity": 1, "value": 5, "code": null}]}
                {"tenant": "acme", "pla""");

        List<Acknowledged> read = AckFile.read(file).plays();

        assertThat(read).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(new Ref("acme", "p1"));
            assertThat(one.key()).isEqualTo("k");
            assertThat(one.won()).isTrue();
            assertThat(one.rewards()).containsExactly(new Outcome("r", "z", "points", 1, 5, null));
            assertThat(one.session()).isNull();
        });
    }

    @Test
    void a_misspelt_field_is_refused() {
        assertThatThrownBy(() -> Acknowledged.of(AckLine.parse("""
                {"tenant": "acme", "player": "ada", "play_id": "p1", "prizes": []}""", "acks:1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("acks:1: unknown field prizes");
    }

    private static Acknowledged told(String player, String play, String key, @Nullable List<Outcome> rewards) {
        return new Acknowledged(new Ref(World.TENANT, player), play, key, null, null, rewards, null);
    }

    private Check check() {
        return AnswersStand.check(world.acknowledged, world.snapshot(), world.playFacts);
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
