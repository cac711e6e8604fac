package io.fanfare.play.play;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.play.state.StreamState;
import io.fanfare.store.play.NumberedPlay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Where a play has brought its player, from the state of the leaderboards app. The play is a fact by then, whatever becomes of the
 * question: a state that cannot be read, or does not know of the play in time, is no error.
 */
@Component
final class PlayRankings {

    private static final Logger LOG = LoggerFactory.getLogger(PlayRankings.class);

    /** Of the time that may be waited, what it takes to look up the ranks and to bring the answer. */
    private static final Duration FOR_THE_WAY = Duration.ofMillis(200);

    private final StreamState state;

    PlayRankings(StreamState state) {
        this.state = state;
    }

    /**
     * What a player's screen shows after a play.
     *
     * @param rankings one per board that counts the play; none where it is not known that they are with the play
     */
    record Standings(List<Ranking> rankings, RankingsFreshness freshness) {}

    /**
     * Where the player stands on a board.
     *
     * @param flagged whether the entry is kept out of the ranking until somebody has looked at it
     * @param rank 1 for the best; null where the entry is kept out of the ranking
     */
    record Ranking(
            LeaderboardId leaderboardId,
            long score,
            boolean flagged,
            @Nullable Long rank) {}

    /**
     * How new they are.
     *
     * @param fresh whether the boards knew of the play
     * @param expectedSequence number of the play among all plays of its player
     * @param appliedSequence highest such number that the boards knew of; 0: of none, or nobody could say
     */
    record RankingsFreshness(boolean fresh, long expectedSequence, long appliedSequence) {}

    // What the leaderboards app answers.

    record StateFreshness(boolean fresh, long appliedSequence) {}

    record StateRankings(@Nullable List<Ranking> rankings, StateFreshness freshness) {}

    /** The player's standings with this play in them, or as much as is known in that time. */
    Standings after(TenantId tenant, NumberedPlay play, Duration patience) {
        CampaignId campaign = play.campaign();
        var query = new HashMap<String, @Nullable Object>();
        query.put("applied", play.sequence());
        query.put("occurred_at_ms", play.occurredAt().toEpochMilli());
        query.put("campaign_id", campaign == null ? null : campaign.value());
        query.put("wait_ms", patience.minus(FOR_THE_WAY).toMillis());
        try {
            return state.askWithin(
                            patience,
                            tenant,
                            "/state/v1/players/{player}/rankings",
                            Map.of("player", play.player().value()),
                            query,
                            StateRankings.class)
                    .map(found -> standings(play, found))
                    .orElseGet(() -> unknown(play));
        } catch (Refused e) {
            LOG.info(
                    "where play {} of {} has brought them is not known: {}",
                    play.sequence(),
                    play.player(),
                    e.toString());
            return unknown(play);
        }
    }

    /** Where nobody was asked, or nobody could say. */
    static Standings unknown(NumberedPlay play) {
        return new Standings(List.of(), new RankingsFreshness(false, play.sequence(), 0));
    }

    private static Standings standings(NumberedPlay play, StateRankings found) {
        var freshness = new RankingsFreshness(
                found.freshness().fresh(), play.sequence(), found.freshness().appliedSequence());
        return new Standings(requireNonNullElse(found.rankings(), List.of()), freshness);
    }
}
