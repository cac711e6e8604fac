package io.fanfare.play.play;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.play.Times;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.play.play.PlayAnswer.RewardView;
import io.fanfare.store.UtcTimes;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What a player may still play, and has played. */
@Tag(name = "play")
@RestController
final class PlayerRoutes {

    private final PlayableGames games;
    private final PlayLedger ledger;
    private final Clock clock;

    PlayerRoutes(PlayableGames games, PlayLedger ledger, Clock clock) {
        this.games = games;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @param remainingPlays 2147483647 where nothing limits them
     * @param reason why not: OUT_OF_TURNS, NOT_STARTED or ENDED; null where they can
     * @param nextResetAt when the daily limit starts anew, or the campaign opens again; 0 where there is neither
     */
    record EligibilityAnswer(
            boolean canPlay, long remainingPlays, @Nullable String reason, long nextResetAt) {

        static EligibilityAnswer of(Eligibility eligibility) {
            return new EligibilityAnswer(
                    eligibility.canPlay(),
                    eligibility.remainingPlays(),
                    eligibility.reason() == null ? null : eligibility.reason().name(),
                    Times.seconds(eligibility.nextResetAt()));
        }
    }

    /** A play as it was answered. */
    record HistoryItem(
            PlayId playId,
            GameId gameId,
            Document payload,
            List<RewardView> rewards,
            Map<String, @Nullable Object> metadata,
            long createdAt) {

        static HistoryItem of(CommittedPlay play) {
            return new HistoryItem(
                    play.id(),
                    play.game(),
                    play.input(),
                    PlayAnswer.rewards(play),
                    PlayAnswer.metadata(play),
                    Times.seconds(play.occurredAt()));
        }
    }

    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/games/{id}/eligibility")
    Envelope<EligibilityAnswer> eligibility(Caller caller, @PathVariable("id") GameId id) {
        var now = UtcTimes.toMillis(clock.instant());
        Game game = games.require(caller.tenant(), id);
        var allowance = ledger.allowance(game, caller.requirePlayer(), now);
        return Envelope.ok(EligibilityAnswer.of(Eligibility.of(game, allowance, now)));
    }

    /** Newest first; also of a game that was deleted. */
    @Allows(value = Role.PLAYER, guests = true)
    @GetMapping("/api/v1/games/{id}/history/me")
    Envelope<Page<HistoryItem>> history(Caller caller, @PathVariable("id") GameId id, Paging paging) {
        games.requireOrDeleted(caller.tenant(), id);
        List<CommittedPlay> plays = ledger.history(
                caller.tenant(), id, caller.requirePlayer(), paging.after(PlayId::new), paging.limitPlusOne());
        return Envelope.ok(Page.of(plays, paging, play -> play.id().value()).map(HistoryItem::of));
    }
}
