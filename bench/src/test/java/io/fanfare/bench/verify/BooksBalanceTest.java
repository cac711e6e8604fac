package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import java.util.List;
import org.junit.jupiter.api.Test;

class BooksBalanceTest {

    private static final String ENTRIES = Topics.WALLET_ENTRIES.name();

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(4);
        assertThat(check.note()).isEqualTo("acme points: 150 issued, 0 spent, 0 lapsed, 150 held");
        assertThat(check.passed()).isTrue();
    }

    @Test
    void a_balance_sheet_that_shows_too_much_is_reported() {
        world.sheets.put("points", World.sheet(151, 151));

        assertViolated("the balance sheet of acme points is Sheet[available=151");
    }

    @Test
    void a_currency_without_a_balance_sheet_is_reported() {
        world.sheets.clear();

        assertViolated("the balance sheet of acme points is null");
    }

    @Test
    void a_balance_sheet_of_what_nobody_has_is_reported() {
        world.sheets.put("coins", World.sheet(1, 1));

        assertViolated("the balance sheet of acme coins is");
    }

    @Test
    void entries_that_come_to_more_than_the_commands_are_reported() {
        Fact<?> fact = world.entryFacts.getFirst();
        WalletPosted more = WalletPosted.newBuilder((WalletPosted) fact.value())
                .setEntries(List.of(new WalletEntry("points", 51L, "issuance", 51L, "available", List.of())))
                .build();
        world.entryFacts.set(0, world.fact(ENTRIES, 0, fact.key(), more));

        assertViolated("acme points: entries sum to 151, and the commands come to 150");
    }

    @Test
    void what_is_held_without_a_hold_is_reported() {
        post("ada", new WalletEntry("points", 5L, "hold", 5L, "held", List.of()));

        assertViolated("acme points: holds do not sum to zero but to 5");
    }

    @Test
    void what_is_pending_and_was_not_promised_is_reported() {
        post("ada", new WalletEntry("points", 5L, "issuance", 5L, "pending", List.of()));

        assertViolated("acme points: 5 is pending, and promised is 0");
    }

    @Test
    void what_nobody_issued_is_reported() {
        post("ada", new WalletEntry("points", 5L, "luck", 55L, "available", List.of()));

        assertViolated("150 issued − 0 spent − 0 lapsed + 0 converted + 0 transferred, and players hold 155");
    }

    @Test
    void a_transfer_that_never_arrived_is_reported() {
        send(60);

        assertViolated("acme points: 5 got lost between two wallets");
    }

    @Test
    void a_transfer_that_is_under_way_is_well() {
        send(3_599);

        assertThat(check().examples()).noneMatch(example -> example.contains("lost"));
    }

    /** ada sends 5 points, and nobody gets them. */
    private void send(long secondsAfterMorning) {
        var command = WalletCommand.newBuilder(world.commandFacts.getFirst().value())
                .setCommandId("transfer")
                .setSequence(2)
                .setOccurredAt(World.MORNING.plusSeconds(secondsAfterMorning))
                .setCause(new WalletCause("transfer", "transfer"))
                .setAction(new WalletTransferOut(new WalletAmount("points", 5L)))
                .build();
        world.commandFacts.add(
                world.fact(Topics.WALLET_COMMANDS.name(), world.commandFacts.size(), "acme/ada", command));
        post("ada", new WalletEntry("points", -5L, "transfer", 45L, "available", List.of()));
    }

    /** An outcome of number 2. */
    private void post(String player, WalletEntry entry) {
        WalletPosted posted = WalletPosted.newBuilder(
                        (WalletPosted) world.entryFacts.getFirst().value())
                .setCommandId("another")
                .setPlayerId(player)
                .setSequence(2)
                .setEntries(List.of(entry))
                .build();
        world.entryFacts.add(world.fact(ENTRIES, world.entryFacts.size(), "acme/" + player, posted));
    }

    private Check check() {
        return BooksBalance.check(world.snapshot(), world.published(), world.answers());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
