package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletNoOp;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import java.math.BigInteger;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class BooksBalanceTest {

    private static final String ENTRIES = Topics.WALLET_ENTRIES.name();
    private static final String COMMANDS = Topics.WALLET_COMMANDS.name();
    private static final Ref ADA = new Ref(World.TENANT, "ada");

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(3 + 2 + 1);
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
    void a_transfer_that_is_under_way_is_well() {
        send("t1");
        transfer("t1", "sent");
        world.sheets.put("points", sentOff(5));

        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.note()).contains("acme points: 5 on their way");
    }

    @Test
    void a_transfer_that_was_begun_behind_the_snapshot_is_under_way() {
        send("t1");
        world.replaceNumber(ADA, "wallet:camp", 1);
        world.sheets.put("points", sentOff(5));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_transfer_that_never_arrived_is_reported() {
        send("t1");
        transfer("t1", "completed");

        assertViolated("acme points: 5 got lost between two wallets: transfer t1 is completed");
    }

    @Test
    void a_transfer_under_way_hides_no_other_that_never_arrived() {
        send("t1");
        send("t2");
        transfer("t1", "completed");
        transfer("t2", "sent");

        assertViolated("acme points: 5 got lost between two wallets: transfer t1 is completed");
    }

    @Test
    void two_transfers_that_went_wrong_do_not_make_up_for_each_other() {
        send("t1");
        transfer("t1", "completed");
        arrive("t2", 5);
        transfer("t2", "completed");

        assertViolated("acme points: 5 got lost between two wallets: transfer t1 is completed");
        assertViolated("acme points: 5 came from nowhere between two wallets: transfer t2 is completed");
    }

    @Test
    void a_transfer_that_lost_a_part_on_its_way_is_reported_while_it_is_under_way() {
        send("t1");
        transfer("t1", "sent");
        arrive("t1", 3);

        assertViolated("acme points: 2 got lost between two wallets: transfer t1 is sent");
    }

    @Test
    void a_transfer_that_was_retried_has_arrived_though_the_place_of_its_first_credit_is_of_what_does_nothing() {
        send("t1");
        doNothing("linus");
        arrive("t1", 5);
        transfer("t1", "completed");
        world.sheets.put("points", sentOff(0));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_transfer_that_arrived_twice_is_reported() {
        send("t1");
        arrive("t1", 5);
        arrive("t1", 5);
        transfer("t1", "completed");

        assertViolated("acme points: transfer t1 was taken 1 times and given 2 times");
    }

    @Test
    void a_transfer_that_was_taken_twice_and_arrived_twice_is_reported_though_it_sums_to_nothing() {
        send("t1");
        send("t1");
        arrive("t1", 5);
        arrive("t1", 5);
        transfer("t1", "completed");

        assertViolated("acme points: transfer t1 was taken 2 times and given 2 times");
    }

    @Test
    void a_transfer_that_arrived_in_another_wallet_than_it_is_said_to_is_reported() {
        send("t1");
        arrive("t1", 5);
        transfer("t1", "returned");

        assertViolated("transfer t1 from acme/ada to acme/linus is returned, and moved 5 in wallet acme/linus in camp");
    }

    @Test
    void a_transfer_that_was_retried_and_stands_still_is_under_way() {
        send("t1");
        doNothing("linus");
        transfer("t1", "sent");
        world.sheets.put("points", sentOff(5));

        assertThat(check().examples()).isEmpty();
        assertThat(check().note()).contains("acme points: 5 on their way");
    }

    @Test
    void a_transfer_that_no_table_knows_is_reported() {
        send("t1");

        assertViolated("acme points: 5 got lost between two wallets: transfer t1 is not there");
    }

    @Test
    void a_transfer_that_was_taken_back_and_one_whose_return_failed_are_well() {
        transfer("t1", "completed");
        takenBack("t1", "back_1", "refused", 5);
        takenBack("t1", "back_2", "completed", 5);

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void a_transfer_that_is_taken_back_twice_is_reported() {
        transfer("t1", "completed");
        takenBack("t1", "back_1", "completed", 5);
        takenBack("t1", "back_2", "pending", 5);

        assertViolated("transfer acme/t1 is taken back by acme/back_1 and by acme/back_2");
    }

    @Test
    void a_transfer_that_takes_back_more_than_was_sent_or_what_never_arrived_is_reported() {
        transfer("t1", "completed");
        transfer("t2", "returned");
        takenBack("t1", "back_1", "completed", 6);
        takenBack("t2", "back_2", "completed", 5);

        assertViolated("takes back acme/t1, which is");
        assertViolated("takes back acme/t2, which is");
    }

    @Test
    void what_moves_between_wallets_and_is_no_transfer_is_reported() {
        post("ada", "play", "play1", new WalletEntry("points", -5L, "transfer", 45L, "available", List.of()));

        assertViolated("wallet acme/ada in camp moves -5 points between wallets, and belongs to no transfer");
    }

    @Test
    void a_credit_may_be_read_before_the_debit_of_a_transfer_under_way() {
        arrive("t1", 5);
        transfer("t1", "sent");
        world.sheets.put("points", sentOff(-5));

        assertThat(check().examples()).isEmpty();
    }

    @Test
    void an_outcome_that_is_not_told_is_reported_since_its_wallet_cannot_be_recounted() {
        world.pays("ada", "rdm_1", null);
        world.entryFacts.removeLast();

        assertViolated("wallet acme/ada in camp is not recounted to its end: the outcome of command 2 is not told");
    }

    @Test
    void an_outcome_that_is_told_without_its_command_is_reported_since_its_wallet_cannot_be_recounted() {
        post("ada", "redeem", "rdm_1", new WalletEntry("points", -50L, "redemption", 0L, "available", List.of()));

        assertViolated("wallet acme/ada in camp cannot be recounted: 2 outcomes up to number 2, of 1 commands");
    }

    @Test
    void a_command_that_is_just_being_carried_out_keeps_nobody_from_being_recounted() {
        pay("linus");
        Fact<?> fact = world.entryFacts.getFirst();
        WalletPosted more = WalletPosted.newBuilder((WalletPosted) fact.value())
                .setEntries(List.of(new WalletEntry("points", 51L, "issuance", 51L, "available", List.of())))
                .build();

        assertThat(check().examples()).isEmpty();
        world.entryFacts.set(0, world.fact(ENTRIES, 0, fact.key(), more));

        assertViolated("acme points: entries sum to 151, and the commands come to 150");
    }

    @Test
    void the_balance_sheets_of_tenants_that_are_at_rest_are_compared_while_others_move() {
        WalletCommand command = world.commandFacts.getFirst().value();
        world.drained.put(new TopicPartition(COMMANDS, 0), (long) world.commandFacts.size());
        world.commandFacts.add(world.fact(
                COMMANDS,
                world.commandFacts.size(),
                "rival/ada",
                WalletCommand.newBuilder(command).setTenantId("rival").build()));

        assertThat(check().examples()).isEmpty();
        world.sheets.put("points", World.sheet(151, 151));

        assertViolated("the balance sheet of acme points is Sheet[available=151");
    }

    @Test
    void the_balance_sheets_of_a_tenant_that_moves_are_not_compared() {
        pay("linus");
        world.sheets.put("points", World.sheet(1, 1));

        assertThat(check().examples()).isEmpty();
        assertThat(check().note())
                .contains("wallets of acme moved while they were asked for: its balance sheets are not compared");
    }

    /** Somebody pays right now: the command is there, and nobody was through with it when the state was asked for. */
    private void pay(String player) {
        world.drained.put(new TopicPartition(COMMANDS, 0), (long) world.commandFacts.size());
        world.pays(player, "rdm_of_" + player, null);
        world.entryFacts.removeLast();
    }

    /** ada sends 5 points. */
    private void send(String transfer) {
        long number = command("ada", transfer, new WalletTransferOut(new WalletAmount("points", 5L), null));
        post(
                "ada",
                "transfer",
                transfer,
                new WalletEntry("points", -5L, "transfer", 50 - 5 * (number - 1), "available", List.of()));
    }

    /** linus, who had 100 points, gets some. */
    private void arrive(String transfer, long amount) {
        command("linus", transfer, new WalletTransferIn(new WalletAmount("points", amount), List.of()));
        post(
                "linus",
                "transfer",
                transfer,
                new WalletEntry("points", amount, "transfer", 100 + amount, "available", List.of()));
    }

    /** What takes the place of a command that was lost. */
    private void doNothing(String player) {
        command(player, "fill", "wact_1", new WalletNoOp());
        post(player, "fill", "wact_1", List.of());
    }

    /** @return its number */
    private long command(String player, String transfer, Object action) {
        return command(player, "transfer", transfer, action);
    }

    private long command(String player, String reason, String ref, Object action) {
        long number = 1
                + world.commandFacts.stream()
                        .filter(fact -> fact.key().equals("acme/" + player))
                        .count();
        var command = WalletCommand.newBuilder(world.commandFacts.getFirst().value())
                .setCommandId(player + " " + ref)
                .setPlayerId(player)
                .setSequence(number)
                .setOccurredAt(World.MORNING.plusSeconds(3_599))
                .setCause(new WalletCause(reason, ref))
                .setAction(action)
                .build();
        world.commandFacts.add(world.fact(COMMANDS, world.commandFacts.size(), "acme/" + player, command));
        world.replaceNumber(new Ref(World.TENANT, player), "wallet:camp", number);
        return number;
    }

    private void transfer(String id, String status) {
        world.transfers.add(new TransferRow(
                new Ref(World.TENANT, id),
                ADA,
                new Ref(World.TENANT, "linus"),
                "points",
                5,
                status,
                null,
                World.MORNING));
    }

    private void takenBack(String original, String id, String status, long amount) {
        world.transfers.add(new TransferRow(
                new Ref(World.TENANT, id),
                new Ref(World.TENANT, "linus"),
                ADA,
                "points",
                amount,
                status,
                original,
                World.MORNING));
    }

    /** What wallets hold of 150 points when some were sent and have not arrived. */
    private static Sheet sentOff(long amount) {
        Sheet all = World.sheet(150 - amount, 150);
        return new Sheet(
                all.available(),
                all.held(),
                all.pending(),
                all.issued(),
                all.redeemed(),
                all.lapsed(),
                all.converted(),
                BigInteger.valueOf(-amount));
    }

    private void post(String player, WalletEntry entry) {
        post(player, "play", "play1", entry);
    }

    /** The next outcome. */
    private void post(String player, String reason, String ref, WalletEntry entry) {
        post(player, reason, ref, List.of(entry));
    }

    private void post(String player, String reason, String ref, List<WalletEntry> entries) {
        long number = 1
                + world.entryFacts.stream()
                        .filter(fact -> fact.key().equals("acme/" + player))
                        .count();
        WalletPosted posted = WalletPosted.newBuilder(
                        (WalletPosted) world.entryFacts.getFirst().value())
                .setCommandId("another")
                .setPlayerId(player)
                .setSequence(number)
                .setReason(reason)
                .setRefId(ref)
                .setEntries(entries)
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
