package io.fanfare.engine.play;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What a play wins by chance, once nothing speaks against it: the part of a play that a simulation and an audit do as well. */
public final class Deciding {

    private Deciding() {}

    /** With the draws of the session. */
    public static DecidedPlay decide(
            Game game,
            Session session,
            Document input,
            String clientSeed,
            Map<PrizeId, Prize> prizes,
            PlayId playId,
            Instant now) {
        var draws =
                new ProvableDraws(session.serverSeed(), clientSeed, session.id().value());
        DecidedPlay decided = decide(game, session, input, clientSeed, prizes, playId, now, draws);
        return decided.having(draws.position());
    }

    /** With these draws, which {@link Resolving} must be given again. */
    public static DecidedPlay decide(
            Game game,
            Session session,
            Document input,
            String clientSeed,
            Map<PrizeId, Prize> prizes,
            PlayId playId,
            Instant now,
            Draws draws) {
        var attempt = new Attempt(session.seed(), input, Duration.between(session.startedAt(), now));
        var undecided = new DecidedPlay(
                playId, game, session, input, clientSeed, List.of(), Document.empty(), null, now, prizes, 0);
        return undecided.with(game.shape().rewardHandler().decide(attempt, draws));
    }
}
