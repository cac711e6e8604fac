package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WalletRecountTest {

    private final World world = World.ofThree();
    private final List<Fact<WalletCommand>> commands = new ArrayList<>();

    @Test
    void credits_and_spends_add_up() {
        command(1, credit(50));
        command(2, spend(20));

        assertThat(steps())
                .extracting(Step::after)
                .containsExactly(
                        Map.of("points", new Balance(50, 0, 50, 0, 0, Map.of())),
                        Map.of("points", new Balance(30, 0, 50, 20, 0, Map.of())));
        assertThat(steps().getLast().postings())
                .containsExactly(new Posting("points", "available", "redemption", -20, 30, List.of()));
    }

    @Test
    void spending_more_than_is_there_is_refused() {
        command(1, credit(50));
        command(2, spend(51));

        assertThat(steps().getLast().isPosted()).isFalse();
        assertThat(steps().getLast().after()).isEqualTo(Map.of("points", new Balance(50, 0, 50, 0, 0, Map.of())));
    }

    @Test
    void what_was_earned_is_granted_once_whatever_was_spent_of_it() {
        command(1, require(50));
        command(2, credit(50));
        command(3, spend(20));
        command(4, require(51));
        command(5, require(50));
        command(6, require(50));

        assertThat(steps()).extracting(Step::isPosted).containsExactly(false, true, true, false, true, false);
        assertThat(steps().getLast().after()).isEqualTo(Map.of("points", new Balance(30, 0, 50, 20, 0, Map.of())));
    }

    private static WalletRequire require(long points) {
        return new WalletRequire("wheel.gold", new WalletAmount("points", points));
    }

    @Test
    void what_would_pass_64_bits_is_refused() {
        command(1, credit(Long.MAX_VALUE));
        command(2, credit(1));

        assertThat(steps()).extracting(Step::isPosted).containsExactly(true, false);
    }

    @Test
    void an_amount_that_is_not_positive_is_refused() {
        command(1, credit(0));

        assertThat(steps()).extracting(Step::isPosted).containsExactly(false);
    }

    @Test
    void nothing_is_applied_behind_a_missing_number() {
        command(1, credit(50));
        command(3, credit(50));

        assertThat(steps()).hasSize(1);
    }

    private List<Step> steps() {
        return WalletRecount.of(commands, Map.of())
                .getOrDefault(new Wallet("acme", "camp", "ada"), Recounted.NOTHING)
                .steps();
    }

    private void command(long number, Object action) {
        var command = WalletCommand.newBuilder()
                .setCommandId("command" + number)
                .setTenantId("acme")
                .setScopeKey("camp")
                .setPlayerId("ada")
                .setSequence(number)
                .setOccurredAt(World.MORNING)
                .setCause(new WalletCause("test", "test"))
                .setAction(action)
                .build();
        commands.add(world.fact(Topics.WALLET_COMMANDS.name(), number, "acme/ada", command));
    }

    private static WalletCredit credit(long points) {
        return new WalletCredit(List.of(new WalletAmount("points", points)));
    }

    private static WalletSpend spend(long points) {
        return new WalletSpend(List.of(new WalletAmount("points", points)));
    }
}
