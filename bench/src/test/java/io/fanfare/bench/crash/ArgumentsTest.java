package io.fanfare.bench.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

    private static final long CHANCE = 42;

    @Test
    void without_options_there_are_five_kills_under_a_seed_of_chance() {
        assertThat(parse())
                .isEqualTo(new Arguments.Run(
                        Arguments.Target.STANDALONE, Path.of(".fanfare-bench"), 18_080, 5, CHANCE, false, null));
    }

    @Test
    void every_option_has_its_effect() {
        assertThat(parse(
                        "--data",
                        "/d",
                        "--port",
                        "19080",
                        "--kills",
                        "12",
                        "--seed",
                        "7",
                        "--json",
                        "--target",
                        "cluster"))
                .isEqualTo(new Arguments.Run(Arguments.Target.CLUSTER, Path.of("/d"), 19_080, 12, 7, true, null));
        assertThat(parse("--long"))
                .isEqualTo(new Arguments.Run(
                        Arguments.Target.STANDALONE, Path.of(".fanfare-bench"), 18_080, 50, CHANCE, false, null));
    }

    @Test
    void wallets_are_used_by_two_hundred_players_or_as_many_as_are_wanted() {
        assertThat(wallets("--wallets")).isEqualTo(new Arguments.Wallets(200, 100));
        assertThat(wallets("--players", "20", "--wallets", "--operations", "7"))
                .isEqualTo(new Arguments.Wallets(20, 7));
    }

    @Test
    void what_is_said_of_wallets_goes_with_wallets() {
        assertThat(parse("--players", "20")).isEqualTo(new Arguments.Refused("--players goes with --wallets"));
        assertThat(parse("--wallets", "--players", "1"))
                .isEqualTo(new Arguments.Refused("--players is 2 to 10000, not 1"));
        assertThat(parse("--wallets", "--operations", "0"))
                .isEqualTo(new Arguments.Refused("--operations needs a number, not 0"));
    }

    @Test
    void what_is_not_understood_is_refused_by_name() {
        assertThat(parse("--fast")).isEqualTo(new Arguments.Refused("bench crash does not know --fast"));
        assertThat(parse("--kills", "none")).isEqualTo(new Arguments.Refused("--kills needs a number, not none"));
        assertThat(parse("--kills", "0")).isEqualTo(new Arguments.Refused("--kills needs a number, not 0"));
        assertThat(parse("--seed")).isEqualTo(new Arguments.Refused("--seed needs a value"));
        assertThat(parse("--target", "moon"))
                .isEqualTo(new Arguments.Refused("--target is standalone or cluster, not moon"));
    }

    private static Arguments.@Nullable Wallets wallets(String... words) {
        return parse(words) instanceof Arguments.Run run ? run.wallets() : null;
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(List.of(words), () -> CHANCE);
    }
}
