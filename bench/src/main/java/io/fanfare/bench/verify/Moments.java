package io.fanfare.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The moments at which a prize of a game is won. Where they are listed it is known how many have fallen due; where they are spread
 * over a time, one in each of as many equal parts, it is known how many may have.
 *
 * @param listed null where they are spread
 */
record Moments(String prize, @Nullable List<Instant> listed, long count, Instant from, Instant until) {

    static Moments listed(String prize, List<Instant> at) {
        return new Moments(prize, List.copyOf(at), at.size(), Instant.EPOCH, Instant.EPOCH);
    }

    static Moments spread(String prize, long count, Instant from, Instant until) {
        return new Moments(prize, null, count, from, until);
    }

    /** Those of a game's configuration. */
    static List<Moments> of(JsonNode handlerConfig) {
        var moments = new ArrayList<Moments>();
        for (JsonNode one : handlerConfig.path("winning_moments")) {
            String prize = one.path("prize_id").asText();
            JsonNode at = one.path("at");
            moments.add(
                    at.isArray()
                            ? listed(
                                    prize,
                                    StreamSupport.stream(at.spliterator(), false)
                                            .map(Moments::seconds)
                                            .toList())
                            : spread(
                                    prize,
                                    one.path("count").asLong(),
                                    seconds(one.path("from")),
                                    seconds(one.path("until"))));
        }
        return moments;
    }

    /** How many have fallen due, or, where they are spread, may have. */
    long dueBy(Instant now) {
        if (listed != null) {
            return listed.stream().filter(moment -> !moment.isAfter(now)).count();
        }
        if (now.isBefore(from)) {
            return 0;
        }
        double part = (double) Duration.between(from, until).toMillis() / count;
        // A moment is cut to milliseconds, so that it may be one before its part.
        return Math.min(count, (long) ((Duration.between(from, now).toMillis() + 1) / part) + 1);
    }

    private static Instant seconds(JsonNode node) {
        return Instant.ofEpochSecond(node.asLong());
    }
}
