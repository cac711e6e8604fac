package io.fanfare.engine.fairness;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.fairness.FairnessProof.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairnessProofTest {

    private static final ServerSeed SEED = new ServerSeed("0".repeat(63) + "1");

    @Test
    void the_revealed_seed_gives_the_draws_that_were_made() {
        var draws = new ProvableDraws(SEED, "lucky", "sess_1");
        List<Double> made = List.of(draws.next(), draws.next());

        Finding finding = FairnessProof.check(SEED.hash(), SEED, "lucky", "sess_1", 0, 2);

        assertThat(finding).isEqualTo(new Finding.Proven(made));
    }

    @Test
    void another_seed_than_the_one_committed_to_is_found_out() {
        var other = new ServerSeed("f".repeat(64));

        assertThat(FairnessProof.check(SEED.hash(), other, "lucky", "sess_1", 0, 1))
                .isEqualTo(new Finding.AnotherSeed(other.hash()));
    }

    @Test
    void what_a_start_deals_and_what_a_play_draws_are_different_draws() {
        double dealt = ProvableDraws.atStart(SEED, "lucky", "sess_1").next();

        assertThat(FairnessProof.check(SEED.hash(), SEED, "lucky", "sess_1", ProvableDraws.FIRST_AT_START, 1))
                .isEqualTo(new Finding.Proven(List.of(dealt)));
        assertThat(dealt).isNotEqualTo(new ProvableDraws(SEED, "lucky", "sess_1").next());
    }
}
