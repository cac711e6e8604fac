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

/** The file of acknowledgements that {@code verify --acks} reads: one line of JSON per answer to a play. For all threads. */
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
