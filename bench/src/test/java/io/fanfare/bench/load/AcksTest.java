package io.fanfare.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcksTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void each_answer_is_a_line_and_what_was_there_stays(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("acks.ndjson");
        try (var acks = new Acks(file)) {
            acks.append("acme", "ada", "k-1", "sess_1", JSON.readTree("""
                    {"play_id": "play_1", "consistency": "camp:3",
                     "rewards": [{"reward_id": "rwd_1", "prize_id": "prize_1", "type": "points", "quantity": 1, "value": 25}]}"""));
        }

        try (var acks = new Acks(file)) {
            acks.append("acme", "grace", "k-2", "sess_2", JSON.readTree("""
                    {"play_id": "play_2", "consistency": null, "rewards": []}"""));
        }

        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(2);
        var won = JSON.readTree(lines.getFirst());
        assertThat(won.path("won").booleanValue()).isTrue();
        assertThat(won.path("rewards").path(0).path("reward_id").textValue()).isEqualTo("rwd_1");
        assertThat(won.path("consistency").textValue()).isEqualTo("camp:3");
        var lost = JSON.readTree(lines.getLast());
        assertThat(lost.path("won").booleanValue()).isFalse();
        assertThat(lost.path("consistency").isNull()).isTrue();
        assertThat(lost.path("idempotency_key").textValue()).isEqualTo("k-2");
    }

    @Test
    void what_was_told_of_wallets_is_a_line_of_its_kind(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("acks.ndjson");
        try (var acks = new Acks(file)) {
            acks.redemption("acme", "ada", "k-1", new Told.Done(JSON.readTree("""
                    {"redemption_id": "rdm_1", "status": "granted", "consistency": "camp:3", "reward": {"reward_id": "rwd_1"}}""")));
            acks.redemption("acme", "ada", "k-2", new Told.Refused("PRIZE_OUT_OF_STOCK", "", ""));
            acks.command("acme", "ada", "k-3", new Told.Done(JSON.readTree("""
                    {"command": {"command_id": "c1", "status": "posted", "consistency": "camp:4", "entries": []}}""")));
            acks.command("acme", "ada", "k-4", new Told.Refused("INSUFFICIENT_BALANCE", "INSUFFICIENT_BALANCE", "c2"));
            acks.command("acme", "ada", "k-5", new Told.Wrong("answered 500"));
            acks.transfer("acme", "ada", "k-6", JSON.readTree("""
                    {"transfer_id": "tr_1", "to_player_id": "linus", "currency": "points", "amount": 5, "status": "sent"}"""));
        }

        assertThat(Files.readAllLines(file).stream()
                        .map(line -> line.replaceFirst(",\"at\":\"[^\"]+\"", "")
                                .replace("\"tenant\":\"acme\",\"player\":\"ada\",", "")))
                .containsExactly("""
                        {"kind":"redemption","idempotency_key":"k-1","redemption_id":"rdm_1","status":"granted",\
                        "consistency":"camp:3","reward":{"reward_id":"rwd_1"}}""", """
                        {"kind":"redemption","idempotency_key":"k-2","status":"refused","reason":"PRIZE_OUT_OF_STOCK"}""", """
                        {"kind":"command","idempotency_key":"k-3","command_id":"c1","status":"posted","consistency":"camp:4",\
                        "entries":[]}""", """
                        {"kind":"command","idempotency_key":"k-4","status":"refused","reason":"INSUFFICIENT_BALANCE",\
                        "refusal":"INSUFFICIENT_BALANCE","command_id":"c2"}""", """
                        {"kind":"transfer","idempotency_key":"k-6","transfer_id":"tr_1","to":"linus","currency":"points",\
                        "amount":5,"status":"sent"}""");
    }
}
