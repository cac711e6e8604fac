package io.fanfare.engine.play;

import io.fanfare.engine.anticheat.Guard;
import io.fanfare.engine.anticheat.Replay;
import io.fanfare.engine.anticheat.SessionSecret;
import io.fanfare.engine.config.FieldsRefused;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.GameShape;
import io.fanfare.engine.shape.Validator.Verdict;
import io.fanfare.engine.shape.Validator.Verdict.Cheating;
import io.fanfare.engine.shape.Validator.Verdict.Plausible;
import java.util.Map;
import java.util.Optional;

/** Judges a claim as strictly as the game asks for. */
final class CheatCheck {

    /** What a message may take on its way. */
    private static final long LENIENCE_MS = 250;

    /** What a strict game wants beside the claim. */
    private record Evidence(String replay, String signature) {

        static final Form<Evidence> FORM = Form.of("the signed replay", lines -> {
            var replay =
                    lines.required(SessionSecret.REPLAY, Kind.text(Replay.MAX_TEXT), "what was done, event by event");
            var signature = lines.required(SessionSecret.SIGNATURE, Kind.text(64), "of the payload without itself");
            return filled -> new Evidence(filled.get(replay), filled.get(signature));
        });
    }

    private final GameShape shape;
    private final Session session;
    private final Attempt attempt;

    private CheatCheck(GameShape shape, Session session, Attempt attempt) {
        this.shape = shape;
        this.session = session;
        this.attempt = attempt;
    }

    /** @throws FieldsRefused where the input is not what the shape asks for */
    static Verdict judge(GameShape shape, Session session, Attempt attempt) {
        var check = new CheatCheck(shape, session, attempt);
        return switch (shape.guard().level()) {
            case NONE -> new Plausible();
            case BASIC -> shape.validator().judge(attempt);
            case STRICT -> check.strictly();
        };
    }

    private Verdict strictly() {
        Evidence evidence = Evidence.FORM.readPart("payload", attempt.input());
        var secret = SessionSecret.of(session.serverSeed(), session.id().value());
        if (!secret.signed(session.id().value(), attempt.input(), evidence.signature())) {
            return new Cheating("the signature is not that of the payload", Map.of());
        }
        Replay replay = Replay.parse(evidence.replay())
                .orElseThrow(() -> new FieldsRefused("payload.replay", "is no replay, expected dt,x;dt,x;…"));
        return switch (shape.validator().judge(attempt)) {
            case Cheating cheating -> cheating;
            case Plausible _ ->
                against(replay).orElseGet(() -> shape.validator().judgeReplay(attempt, replay));
        };
    }

    private Optional<Verdict> against(Replay replay) {
        Guard guard = shape.guard();
        long claim = shape.validator().claimOf(attempt).orElse(0);
        long shown = Math.multiplyExact(replay.events().size(), guard.pointsPerEvent());
        if (shown != claim) {
            return cheating("the replay does not add up to the claim", "replayed", shown);
        }
        if (replay.shortestSpacingMs().orElse(Long.MAX_VALUE) < guard.minSpacingMs()) {
            return cheating(
                    "two events are closer than can be",
                    "spacing_ms",
                    replay.shortestSpacingMs().orElse(0L));
        }
        if (replay.endMs() > attempt.elapsed().toMillis() + LENIENCE_MS) {
            return cheating("the replay is longer than since the start", "replayed_ms", replay.endMs());
        }
        return Optional.empty();
    }

    private static Optional<Verdict> cheating(String why, String fact, long value) {
        return Optional.of(new Cheating(why, Map.of(fact, String.valueOf(value))));
    }
}
