package io.fanfare.engine.anticheat;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;

/**
 * How a game looks into claims; every validator's configuration may say it.
 *
 * @param minSpacingMs between two events of a replay, at least
 * @param pointsPerEvent what one event of a replay adds to the score, at least 1
 */
public record Guard(Strictness level, long minSpacingMs, long pointsPerEvent) {

    public static final Guard BASIC = new Guard(Strictness.BASIC, 0, 1);

    /** Read out of {@code validator_config}, beside the validator's own fields. */
    public static final Form<Guard> FORM = Form.of("how strictly claims are looked into", lines -> {
        var level = lines.optional(
                "level", Kind.word(Strictness.BY_NAME), Strictness.BASIC, "none, basic (default) or strict");
        var spacing = lines.optional(
                "replay_min_spacing_ms", Kind.integer(0, 60_000), 0L, "strict: between two events, at least");
        var points = lines.optional(
                "replay_points_per_event", Kind.integer(1, 1_000_000), 1L, "strict: what one event adds to the score");
        return filled -> new Guard(filled.get(level), filled.get(spacing), filled.get(points));
    });

    public Guard {
        requireNonNull(level, "level");
        if (minSpacingMs < 0 || pointsPerEvent < 1) {
            throw new IllegalArgumentException(
                    "spacing is %d ms and points per event %d".formatted(minSpacingMs, pointsPerEvent));
        }
    }
}
