package io.fanfare.bench.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.verify.Snapshot.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A play as its player was told of it: one line of the file that a load generator keeps. What is null was not kept and is not
 * compared.
 *
 * @param key the idempotency key of the request
 * @param consistency what the answer carried: {@code scope_key:number}
 */
record Acknowledged(
        Ref player,
        String play,
        @Nullable String key,
        @Nullable String session,
        @Nullable Boolean won,
        @Nullable List<Outcome> rewards,
        @Nullable String consistency) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> FIELDS = Set.of(
            "tenant", "player", "play_id", "idempotency_key", "session_id", "won", "rewards", "consistency", "at");

    Acknowledged {
        rewards = rewards == null ? null : List.copyOf(rewards);
    }

    Ref id() {
        return new Ref(player.tenant(), play);
    }

    /**
     * All lines of a file. A last line without its end is left out: its writer was killed, or is still at it.
     *
     * @throws IOException where a line is not what it should be; the message has its number
     */
    static List<Acknowledged> read(Path file) throws IOException {
        String text = Files.readString(file);
        var acknowledged = new ArrayList<Acknowledged>();
        int number = 0;
        for (String line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
            number++;
            if (!line.isBlank()) {
                acknowledged.add(parse(line, "%s:%d".formatted(file, number)));
            }
        }
        return acknowledged;
    }

    static Acknowledged parse(String line, String place) throws IOException {
        JsonNode json = json(line, place);
        for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!FIELDS.contains(name)) {
                throw new IOException("%s: unknown field %s, expected some of %s".formatted(place, name, FIELDS));
            }
        }
        JsonNode rewards = json.path("rewards");
        return new Acknowledged(
                new Ref(required(json, "tenant", place), required(json, "player", place)),
                required(json, "play_id", place),
                json.path("idempotency_key").textValue(),
                json.path("session_id").textValue(),
                json.path("won").isBoolean() ? json.path("won").booleanValue() : null,
                rewards.isArray() ? RewardTables.outcomes(rewards) : null,
                json.path("consistency").textValue());
    }

    private static JsonNode json(String line, String place) throws IOException {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IOException("%s: not JSON: %s".formatted(place, line), e);
        }
    }

    private static String required(JsonNode json, String name, String place) throws IOException {
        String value = json.path(name).textValue();
        if (value == null || value.isEmpty()) {
            throw new IOException("%s: no %s".formatted(place, name));
        }
        return value;
    }
}
