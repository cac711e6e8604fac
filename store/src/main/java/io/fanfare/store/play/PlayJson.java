package io.fanfare.store.play;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.play.CommittedPlay.Instead;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The open-ended parts of sessions and plays, as the text that the tables keep. Whole numbers come back as long. */
final class PlayJson {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_LONG_FOR_INTS)
            .build();

    private static final String PRIZE = "prize_id";
    private static final String WHY = "reason";
    private static final String INSTEAD = "instead";
    private static final String QUANTITY = "quantity";

    private PlayJson() {}

    static String write(Document document) {
        return text(document.values());
    }

    static String write(List<Unavailable> unavailable) {
        return text(unavailable.stream()
                .map(one -> Map.of(
                        PRIZE,
                        one.prize().value(),
                        WHY,
                        one.why().wireName(),
                        INSTEAD,
                        one.instead().wireName()))
                .toList());
    }

    /** What was drawn, before it was known what could be had. */
    static String writeDrawn(List<Award> awards) {
        return text(awards.stream()
                .map(award -> Map.of(PRIZE, award.prize().id().value(), QUANTITY, award.quantity()))
                .toList());
    }

    static String writeFacts(Map<String, String> facts) {
        return text(facts);
    }

    static Map<String, String> readFacts(String json) {
        return parsed(json, new TypeReference<Map<String, String>>() {});
    }

    static Document readDocument(String json) {
        return new Document(parsed(json, new TypeReference<Map<String, @Nullable Object>>() {}));
    }

    static List<Unavailable> readUnavailable(String json) {
        return parsed(json, new TypeReference<List<Map<String, String>>>() {}).stream()
                .map(one -> new Unavailable(
                        new PrizeId(one.getOrDefault(PRIZE, "")),
                        why(one.getOrDefault(WHY, "")),
                        instead(one.getOrDefault(INSTEAD, Instead.NOTHING.wireName()))))
                .toList();
    }

    private static Unavailability why(String wireName) {
        return Arrays.stream(Unavailability.values())
                .filter(why -> why.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a play keeps '%s' as a reason".formatted(wireName)));
    }

    private static Instead instead(String wireName) {
        return Arrays.stream(Instead.values())
                .filter(instead -> instead.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a play keeps '%s' as done instead".formatted(wireName)));
    }

    private static String text(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("text, numbers, booleans, lists and objects can always be written", e);
        }
    }

    private static <T> T parsed(String json, TypeReference<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a table keeps what is not JSON", e);
        }
    }
}
