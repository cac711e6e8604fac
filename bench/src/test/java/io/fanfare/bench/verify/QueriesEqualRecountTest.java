package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Answers.WalletAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueriesEqualRecountTest {

    private static final Wallet LINUS = new Wallet(World.TENANT, World.SCOPE, "linus");

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(5);
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_wrong_balance_is_reported() {
        answer(2, new Balance(150, 0, 150, 0, 0, Map.of()));

        assertViolated("wallet acme/linus in camp at number 2 has {points=Balance[available=150");
    }

    @Test
    void a_wrong_lifetime_is_reported() {
        answer(2, new Balance(100, 0, 50, 0, 0, Map.of()));

        assertViolated("must have {points=Balance[available=100, held=0, earned=100");
    }

    @Test
    void a_command_that_was_not_applied_is_reported() {
        answer(1, new Balance(50, 0, 50, 0, 0, Map.of()));

        assertViolated("wallet acme/linus in camp has applied number 1, and number 2 was committed");
    }

    @Test
    void a_command_that_does_not_exist_is_reported() {
        answer(3, new Balance(150, 0, 150, 0, 0, Map.of()));

        assertViolated("has applied number 3, and 2 commands are there");
    }

    @Test
    void a_forgotten_wallet_is_reported() {
        world.wallets.removeIf(answer -> answer.wallet().equals(LINUS));

        assertViolated("wallet acme/linus in camp has 2 commands and is not known");
    }

    @Test
    void a_wrong_rank_is_reported() {
        world.ranks.set(0, new RankAnswer(World.BOARD, "ada", 2, 2, 3));

        assertViolated("rank=2, score=2, total=3] must be Line[rank=1");
    }

    private void answer(long applied, Balance points) {
        world.wallets.removeIf(answer -> answer.wallet().equals(LINUS));
        world.wallets.add(new WalletAnswer(LINUS, applied, Map.of("points", points)));
    }

    private Check check() {
        return QueriesEqualRecount.check(world.snapshot(), world.published(), world.answers());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
