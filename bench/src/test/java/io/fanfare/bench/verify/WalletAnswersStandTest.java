package io.fanfare.bench.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.bench.verify.AcknowledgedOfWallet.OfCommand;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalletAnswersStandTest {

    private static final String GRANTED = """
            {"kind": "redemption", "tenant": "acme", "player": "ada", "redemption_id": "rdm_1", "idempotency_key": "key_rdm_1",
             "status": "granted", "consistency": "camp:2", "reward": {"reward_id": "reward_of_rdm_1", "prize_id": "coffee",
             "type": "voucher", "quantity": 1, "value": 50, "code": "A"}}""";
    private static final String REFUSED = """
            {"kind": "redemption", "tenant": "acme", "player": "linus", "redemption_id": "rdm_2", "idempotency_key": "key_rdm_2",
             "status": "refused", "refusal": "INSUFFICIENT_BALANCE"}""";
    private static final String SENT = """
            {"kind": "transfer", "tenant": "acme", "player": "ada", "transfer_id": "tr_1", "idempotency_key": "k-3", "to": "linus",
             "currency": "points", "amount": 5, "status": "sent"}""";

    @TempDir
    @SuppressWarnings("NullAway.Init") // set before each test
    private Path folder;

    private final World world = World.ofThree();
    private final CommandRow paid = world.pays("ada", "rdm_1", null);
    private final CommandRow unpaid = world.pays("linus", "rdm_2", "INSUFFICIENT_BALANCE");
    private final String posted = """
            {"kind": "command", "tenant": "acme", "player": "ada", "command_id": "%s", "idempotency_key": "k-1", "status": "posted",
             "consistency": "camp:2", "entries": [{"currency": "points", "amount": -50, "account": "available",
             "counter_account": "redemption", "balance_after": 0, "lots": []}]}""".formatted(paid.commandId());
    private final String declined = """
            {"kind": "command", "tenant": "acme", "player": "linus", "command_id": "%s", "idempotency_key": "k-2",
             "status": "refused", "refusal": "INSUFFICIENT_BALANCE", "reason": "INSUFFICIENT_BALANCE"}""".formatted(unpaid.commandId());

    WalletAnswersStandTest() {
        world.redemptions.add(World.redemption("rdm_1", paid, "granted", null));
        world.redemptions.add(World.redemption("rdm_2", unpaid, "refused", null));
        RewardRow won = world.rewards.get(1);
        world.rewards.add(new RewardRow(
                new Ref(World.TENANT, "reward_of_rdm_1"),
                paid.wallet().owner(),
                won.prize(),
                null,
                0,
                won.type(),
                null,
                1,
                won.value(),
                won.code(),
                won.at(),
                won.life()));
        transfer("completed");
    }

    @Test
    void holds_where_everybody_was_told_what_is() throws Exception {
        Check check = check(GRANTED, REFUSED, posted, declined, SENT);

        assertThat(check.examples()).isEmpty();
        assertThat(check.rows()).isEqualTo(5);
    }

    @Test
    void the_same_answer_to_a_repeated_request_is_well_and_a_transfer_goes_on() throws Exception {
        assertThat(check(GRANTED, GRANTED, posted, posted, SENT, SENT.replace("sent", "completed"))
                        .examples())
                .isEmpty();
    }

    @Test
    void plays_are_none_of_it() throws Exception {
        Path file = folder.resolve("acks");
        Files.writeString(file, """
                {"tenant": "acme", "player": "ada", "play_id": "p1"}
                """);

        assertThat(AckFile.read(file).isOfWallets()).isFalse();
        assertThat(AckFile.read(file).plays()).hasSize(1);
    }

    @Test
    void what_was_acknowledged_and_does_not_exist_is_reported() throws Exception {
        assertViolated(
                "redemption acme/rdm_9 of acme/ada was acknowledged and does not exist",
                GRANTED.replace("rdm_1", "rdm_9"));
        assertViolated("was acknowledged and does not exist", posted.replace(paid.commandId(), "nothing"));
        assertViolated(
                "transfer acme/tr_9 of acme/ada was acknowledged and does not exist", SENT.replace("tr_1", "tr_9"));
    }

    @Test
    void what_is_somebody_elses_is_reported() throws Exception {
        assertViolated(
                "redemption acme/rdm_1 was acknowledged to acme/grace and is of acme/ada",
                GRANTED.replace("ada", "grace"));
        assertViolated("was acknowledged for acme/grace and is of acme/ada", posted.replace("ada", "grace"));
        assertViolated("transfer acme/tr_1 was acknowledged as", SENT.replace("ada", "grace"));
    }

    @Test
    void a_redemption_with_another_end_is_reported() throws Exception {
        assertViolated(
                "redemption acme/rdm_2 was acknowledged as granted null and is refused INSUFFICIENT_BALANCE", """
                {"kind": "redemption", "tenant": "acme", "player": "linus", "redemption_id": "rdm_2", "status": "granted"}""");
        assertViolated(
                "redemption acme/rdm_2 was acknowledged as refused ALREADY_EXISTS and is refused INSUFFICIENT_BALANCE",
                REFUSED.replace("INSUFFICIENT_BALANCE", "ALREADY_EXISTS"));
    }

    @Test
    void another_reward_or_number_is_reported() throws Exception {
        assertViolated("redemption acme/rdm_1 was acknowledged with", GRANTED.replace("\"A\"", "\"B\""));
        assertViolated(
                "redemption acme/rdm_1 was acknowledged at camp:7 and is at camp:2",
                GRANTED.replace("camp:2", "camp:7"));
        assertViolated("was acknowledged at camp:7 and is at camp:2", posted.replace("camp:2", "camp:7"));
    }

    @Test
    void a_refusal_for_which_something_was_granted_is_reported() throws Exception {
        assertViolated("key 'key_rdm_1' of acme/ada was refused, and redemption acme/rdm_1 is granted for it", """
                {"kind": "redemption", "tenant": "acme", "player": "ada", "idempotency_key": "key_rdm_1", "status": "refused",
                 "reason": "PRIZE_OUT_OF_STOCK"}""");
    }

    @Test
    void a_command_with_another_outcome_is_reported() throws Exception {
        assertViolated(
                "and the topic says",
                posted.replace(paid.commandId(), unpaid.commandId()).replace("ada", "linus"));
        assertViolated(
                "and the topic says",
                declined.replace(unpaid.commandId(), paid.commandId()).replace("linus", "ada"));
        assertViolated("and the topic says", posted.replace("-50", "-49"));
        assertViolated("and the topic says", declined.replace("INSUFFICIENT_BALANCE", "NOT_FOUND"));
        world.entryFacts.clear();
        assertViolated("and the topic says null", posted);
    }

    @Test
    void a_transfer_that_never_left_or_went_elsewhere_is_reported() throws Exception {
        assertViolated(
                "transfer acme/tr_1 was acknowledged as returned, and is completed", SENT.replace("sent", "returned"));
        assertViolated("transfer acme/tr_1 was acknowledged as", SENT.replace("linus", "grace"));
        world.transfers.clear();
        transfer("refused");
        assertViolated("transfer acme/tr_1 was acknowledged as sent, and is refused", SENT);
    }

    @Test
    void two_answers_to_one_key_are_reported() throws Exception {
        assertViolated(
                "key 'k-1' of acme/ada was answered with command %s posted and then with transfer tr_1 sent"
                        .formatted(paid.commandId()),
                posted,
                SENT.replace("k-3", "k-1"));
    }

    @Test
    void of_two_answers_to_one_key_one_may_tell_less() throws Exception {
        String withoutId = declined.replaceFirst("\"command_id\": \"[^\"]+\", ", "");

        assertThat(check(withoutId, declined, declined, withoutId).examples()).isEmpty();
    }

    @Test
    void other_entries_another_refusal_or_another_reward_for_one_key_are_reported() throws Exception {
        String answered = "was answered with";
        assertViolated(answered, posted, posted.replace("-50", "-49"));
        assertViolated(answered, declined, declined.replace("\"refusal\": \"INSUFFICIENT", "\"refusal\": \"IN"));
        assertViolated(answered, GRANTED, GRANTED.replace("\"A\"", "\"B\""));
        assertViolated(answered, GRANTED, GRANTED.replace("rdm_1\", \"idem", "rdm_9\", \"idem"));
        assertViolated(answered, SENT, SENT.replace("tr_1", "tr_2"));
    }

    @Test
    void one_thing_for_two_requests_is_reported() throws Exception {
        assertViolated(
                "redemption rdm_1 granted was acknowledged to two requests: 'key_rdm_1' and 'other'",
                GRANTED,
                GRANTED.replace("key_rdm_1", "other"));
    }

    @Test
    void what_cannot_be_read_is_refused_with_its_place() {
        assertThatThrownBy(() -> OfCommand.of(AckLine.parse(posted.replace("posted", "done"), "acks:3")))
                .isInstanceOf(IOException.class)
                .hasMessage("acks:3: the status is 'done', expected posted or refused");
        assertThatThrownBy(() -> check(SENT.replace("transfer\"", "gift\"")))
                .hasMessageEndingWith("acks:1: the kind is 'gift', expected play, redemption, command or transfer");
        assertThatThrownBy(() -> check(SENT.replace("\"to\"", "\"too\""))).hasMessageContaining("unknown field too");
    }

    private void transfer(String status) {
        world.transfers.add(new TransferRow(
                new Ref(World.TENANT, "tr_1"),
                new Ref(World.TENANT, "ada"),
                new Ref(World.TENANT, "linus"),
                "points",
                5,
                status,
                null,
                World.MORNING));
    }

    private Check check(String... lines) throws IOException {
        Path file = folder.resolve("acks");
        var text = new StringBuilder();
        for (String line : lines) {
            text.append(line.replace("\n", "")).append('\n');
        }
        Files.writeString(file, text);
        return WalletAnswersStand.check(AckFile.read(file), world.snapshot(), world.published());
    }

    private void assertViolated(String what, String... lines) throws IOException {
        Check check = check(lines);
        assertThat(check.passed()).isFalse();
        assertThat(check.examples()).anySatisfy(example -> assertThat(example).contains(what));
    }
}
