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
}
