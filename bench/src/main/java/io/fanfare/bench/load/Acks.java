package io.fanfare.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/** The file of acknowledgements that {@code verify --acks} reads: one line of JSON per answer. For all threads. */
public final class Acks implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final FileChannel file;

    /** @param path is appended to */
    public Acks(Path path) throws IOException {
        this.file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** Appends one answer; returns when the operating system has it. */
    void append(String tenant, String player, String key, String session, JsonNode play) throws IOException {
        JsonNode rewards = play.path("rewards");
        ObjectNode line = JSON.createObjectNode()
                .put("tenant", tenant)
                .put("player", player)
                .put("play_id", play.path("play_id").asText())
                .put("idempotency_key", key)
                .put("session_id", session)
                .put("won", !rewards.isEmpty());
        line.set("rewards", rewards);
        line.put("consistency", play.path("consistency").textValue());
        line.put("at", Instant.now().toString());
        write(line + "\n");
    }

    /** Appends the answer to a request for a prize; what is wrong is left out. */
    void redemption(String tenant, String player, String key, Told told) throws IOException {
        ObjectNode line = line("redemption", tenant, player, key);
        switch (told) {
            case Told.Done(JsonNode redemption) -> {
                line.put("redemption_id", redemption.path("redemption_id").asText())
                        .put("status", redemption.path("status").asText())
                        .put("consistency", redemption.path("consistency").textValue());
                line.set("reward", redemption.path("reward"));
            }
            case Told.Refused refused -> refuse(line, "redemption_id", refused);
            case Told.Wrong _ -> {
                return;
            }
        }
        write(line + "\n");
    }

    /** Appends the answer to a request for a command; what is wrong is left out. */
    void command(String tenant, String player, String key, Told told) throws IOException {
        ObjectNode line = line("command", tenant, player, key);
        switch (told) {
            case Told.Done(JsonNode done) -> {
                JsonNode command = command(done);
                line.put("command_id", command.path("command_id").asText())
                        .put("status", command.path("status").asText())
                        .put("consistency", command.path("consistency").textValue());
                line.set("entries", command.path("entries"));
            }
            case Told.Refused refused -> refuse(line, "command_id", refused);
            case Told.Wrong _ -> {
                return;
            }
        }
        write(line + "\n");
    }

    /** Appends how far a transfer is that has left its sender. */
    void transfer(String tenant, String player, String key, JsonNode transfer) throws IOException {
        write(line("transfer", tenant, player, key)
                        .put("transfer_id", transfer.path("transfer_id").asText())
                        .put("to", transfer.path("to_player_id").asText())
                        .put("currency", transfer.path("currency").asText())
                        .put("amount", transfer.path("amount").asLong())
                        .put("status", transfer.path("status").asText())
                + "\n");
    }

    /** The command in an answer that may say more. */
    static JsonNode command(JsonNode done) {
        return done.has("command") ? done.path("command") : done;
    }

    private static ObjectNode line(String kind, String tenant, String player, String key) {
        return JSON.createObjectNode()
                .put("kind", kind)
                .put("tenant", tenant)
                .put("player", player)
                .put("idempotency_key", key)
                .put("at", Instant.now().toString());
    }

    private static void refuse(ObjectNode line, String id, Told.Refused refused) {
        line.put("status", "refused").put("reason", refused.reason());
        if (!refused.refusal().isEmpty()) {
            line.put("refusal", refused.refusal());
        }
        if (!refused.id().isEmpty()) {
            line.put(id, refused.id());
        }
    }

    private synchronized void write(String line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(UTF_8));
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
