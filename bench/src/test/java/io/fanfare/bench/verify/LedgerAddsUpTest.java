package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

class LedgerAddsUpTest {

    private static final String ENTRIES = Topics.WALLET_ENTRIES.name();

    private final World world = World.ofThree();

    @Test
    void holds_where_all_is_well() {
        Check check = check();

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(3);
        assertThat(check.note()).isEqualTo("2 wallets, 0 settlements");
        assertThat(check.passed()).isTrue();
    }

    @Test
    void an_outcome_that_is_told_again_and_says_so_is_well() {
        world.entryFacts.add(repeated(world.entryFacts.getFirst(), true));

        assertThat(check().passed()).isTrue();
    }

    @Test
    void a_command_that_was_settled_twice_is_reported() {
        world.entryFacts.add(repeated(world.entryFacts.getFirst(), false));

        assertViolated("command 1 of wallet acme/ada in camp was settled before");
    }

    @Test
    void a_command_without_an_outcome_is_reported() {
        world.entryFacts.removeLast();

        assertViolated("command 2 of wallet acme/linus in camp has no outcome");
    }

    @Test
    void a_gap_in_the_outcomes_is_reported() {
        world.entryFacts.remove(1);

        assertViolated("outcome 2 of wallet acme/linus in camp follows 0");
    }

    @Test
    void entries_that_do_not_sum_to_their_balance_are_reported() {
        changePosted(2, new WalletEntry("points", 50L, "issuance", 120L, "available", List.of()));

        assertViolated("entries of wallet acme/linus in camp sum to 100 points, its balance says 120");
    }

    @Test
    void another_amount_than_the_command_calls_for_is_reported() {
        changePosted(0, new WalletEntry("points", 70L, "issuance", 70L, "available", List.of()));

        assertViolated("command 1 of wallet acme/ada in camp calls for");
    }

    @Test
    void a_balance_below_zero_is_reported() {
        changePosted(0, new WalletEntry("points", -50L, "redemption", -50L, "available", List.of()));

        assertViolated("sum to -50 points");
    }

    @Test
    void a_refusal_of_what_can_be_done_is_reported() {
        var posted = (WalletPosted) world.entryFacts.getFirst().value();
        assertThat(posted).isNotNull();
        world.entryFacts.set(0, world.fact(ENTRIES, 0, "acme/ada", refusal(posted, "INSUFFICIENT_BALANCE")));

        assertViolated("command 1 of wallet acme/ada in camp calls for");
    }

    @Test
    void a_refusal_for_another_reason_is_reported() {
        long number = credits("grace", -5);
        world.entryFacts.add(refused("grace", number, "INSUFFICIENT_BALANCE"));

        assertViolated("command 1 of wallet acme/grace in camp calls for the refusal INVALID_COMMAND");
    }

    @Test
    void a_settlement_of_nothing_is_reported() {
        world.entryFacts.add(settled(1, 1, new SettledEntry("points", -50L, "breakage", 0L, "available", List.of())));

        assertViolated("settlement 1 of wallet acme/ada in camp, and nothing was due");
    }

    @Test
    void a_settlement_that_follows_another_command_is_reported() {
        world.entryFacts.add(settled(1, 7, new SettledEntry("points", -50L, "breakage", 0L, "available", List.of())));

        assertViolated("settlement 1 of wallet acme/ada in camp came after command 1, and says 7");
    }

    @Test
    void a_fork_is_reported() {
        var posted = (WalletPosted) world.entryFacts.getFirst().value();
        assertThat(posted).isNotNull();
        world.entryFacts.add(world.fact(ENTRIES, 9, "acme/ada", refusal(posted, "FORKED")));

        assertViolated("wallet acme/ada in camp is forked at number 1");
    }

    @Test
    void a_win_that_credits_nothing_is_reported() {
        world.plays.replaceAll(play -> play.id().id().equals("play1") ? withoutWallet(play) : play);

        assertViolated("play acme/play1 won {points=50} and credits no wallet");
    }

    @Test
    void a_win_that_credits_another_amount_is_reported() {
        Fact<WalletCommand> first = world.commandFacts.getFirst();
        WalletCommand changed = WalletCommand.newBuilder(first.value())
                .setAction(new WalletCredit(List.of(new WalletAmount("points", 5_000L))))
                .build();
        world.commandFacts.set(0, world.fact(first.topic(), 0, first.key(), changed));

        assertViolated("play acme/play1 won {points=50}; command 1 of wallet acme/ada in camp is");
    }

    @Test
    void a_play_that_credits_twice_is_reported() {
        Fact<WalletCommand> first = world.commandFacts.getFirst();
        WalletCommand again = WalletCommand.newBuilder(first.value())
                .setCommandId("0b5c1d1e-6a0c-4f2e-8a64-5a4b6d2f9c37")
                .setSequence(2)
                .build();
        world.commandFacts.add(world.fact(first.topic(), 9, first.key(), again));

        assertViolated("play acme/play1 has more than one command");
    }

    @Test
    void a_win_whose_credit_was_refused_is_reported() {
        var wallet = new Wallet(World.TENANT, World.SCOPE, "grace");
        world.credits(
                wallet, new WalletCause("test", "test"), new WalletAmount("points", Long.MAX_VALUE), World.MORNING);
        world.wins("grace");
        var posted = (WalletPosted) world.entryFacts.removeLast().value();
        assertThat(posted).isNotNull();
        world.entryFacts.add(world.fact(ENTRIES, world.entryFacts.size(), "acme/grace", refusal(posted, "OVERFLOW")));

        assertViolated(
                "play acme/play6 won {points=50}, and wallet acme/grace in camp refused its command 2: OVERFLOW");
        assertThat(check().violations()).isEqualTo(1);
    }

    @Test
    void a_credit_for_a_play_that_has_lost_is_reported() {
        var wallet = new Wallet(World.TENANT, World.SCOPE, "ada");
        world.credits(wallet, new WalletCause("play", "play3"), new WalletAmount("points", 50L), World.MORNING);

        assertViolated("credits play acme/play3, which won nothing");
    }

    @Test
    void a_credit_for_a_play_that_is_not_there_is_reported() {
        world.playFacts.removeIf(fact -> {
            PlayCompleted play = fact.value();
            return play != null && play.getPlayId().equals("play1");
        });

        assertViolated("credits play acme/play1, which is not there");
    }

    @Test
    void a_number_that_was_given_out_and_not_used_is_reported() {
        world.lastNumbers.add(new LastNumber(new Ref("acme", "grace"), "wallet:camp", 1));

        assertViolated("acme/grace has 0 commands in wallet:camp, and 1 numbers were given out");
    }

    /** A command of a wallet that has none. */
    private long credits(String player, long points) {
        var command = WalletCommand.newBuilder(world.commandFacts.getFirst().value())
                .setCommandId("of-" + player)
                .setPlayerId(player)
                .setSequence(1)
                .setCause(new WalletCause("test", "test"))
                .setAction(new WalletCredit(List.of(new WalletAmount("points", points))))
                .build();
        world.commandFacts.add(
                world.fact(Topics.WALLET_COMMANDS.name(), world.commandFacts.size(), "acme/" + player, command));
        return command.getSequence();
    }

    private Fact<SpecificRecord> refused(String player, long number, String why) {
        var posted = (WalletPosted) world.entryFacts.getFirst().value();
        WalletRefused refused = WalletRefused.newBuilder(refusal(requireNonNull(posted), why))
                .setCommandId("of-" + player)
                .setPlayerId(player)
                .setSequence(number)
                .build();
        return world.fact(ENTRIES, world.entryFacts.size(), "acme/" + player, refused);
    }

    private Fact<SpecificRecord> settled(long number, long after, SettledEntry entry) {
        var settled = WalletSettled.newBuilder()
                .setTenantId(World.TENANT)
                .setScopeKey(World.SCOPE)
                .setPlayerId("ada")
                .setSettlement(number)
                .setAfterSequence(after)
                .setOccurredAt(World.MORNING)
                .setReason("expiry")
                .setRefId("")
                .setEntries(List.of(entry))
                .build();
        return world.fact(ENTRIES, world.entryFacts.size(), "acme/ada", settled);
    }

    private void changePosted(int index, WalletEntry entry) {
        Fact<SpecificRecord> fact = world.entryFacts.get(index);
        WalletPosted changed = WalletPosted.newBuilder((WalletPosted) fact.value())
                .setEntries(List.of(entry))
                .build();
        world.entryFacts.set(index, world.fact(ENTRIES, index, fact.key(), changed));
    }

    private static WalletRefused refusal(WalletPosted posted, String why) {
        return WalletRefused.newBuilder()
                .setCommandId(posted.getCommandId())
                .setTenantId(posted.getTenantId())
                .setScopeKey(posted.getScopeKey())
                .setPlayerId(posted.getPlayerId())
                .setSequence(posted.getSequence())
                .setOccurredAt(posted.getOccurredAt())
                .setReason(posted.getReason())
                .setRefId(posted.getRefId())
                .setRefusal(why)
                .setDetail("")
                .build();
    }

    private static Fact<SpecificRecord> repeated(Fact<SpecificRecord> fact, boolean isMarked) {
        return new Fact<>(
                fact.topic(), 0, 9, fact.key(), fact.eventId(), fact.type(), isMarked, fact.payload(), fact.value());
    }

    private static Snapshot.PlayRow withoutWallet(Snapshot.PlayRow play) {
        return new Snapshot.PlayRow(
                play.id(),
                play.player(),
                play.game(),
                play.revision(),
                play.session(),
                play.number(),
                play.score(),
                null,
                null,
                play.at());
    }

    private Check check() {
        return LedgerAddsUp.check(world.snapshot(), world.published());
    }

    private void assertViolated(String what) {
        assertThat(check().passed()).isFalse();
        assertThat(check().examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
