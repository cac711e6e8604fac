package io.fanfare.engine.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.memory.InMemoryPlayLedger;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Recomputing.Finding;
import io.fanfare.engine.play.Recomputing.Result;
import io.fanfare.engine.play.Recomputing.Won;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Configured;
import io.fanfare.engine.shape.GameShape;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecomputingTest {

    private final Prize points = Wheel.points(25);
    private final Wheel wheel = Wheel.alwaysWinning(points);
    private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();
    private final Session session = wheel.session(ADA, NOON);
    private final CommittedPlay play = played();

    @Test
    void what_was_not_changed_comes_out_again() {
        assertThat(check(play)).isEqualTo(new Finding.Matches());
    }

    @Test
    void another_quantity_is_found_out() {
        assertDiffers(withReward(reward -> reward(reward, points.name(), PrizeType.POINTS, 3, 25)));
    }

    @Test
    void another_value_is_found_out() {
        assertDiffers(withReward(reward -> reward(reward, points.name(), PrizeType.POINTS, 1, 26)));
    }

    @Test
    void another_name_is_found_out() {
        assertDiffers(withReward(reward -> reward(reward, "Gold", PrizeType.POINTS, 1, 25)));
    }

    @Test
    void another_type_is_found_out() {
        assertDiffers(withReward(reward -> reward(reward, points.name(), PrizeType.VOUCHER, 1, 25)));
    }

    @Test
    void another_score_is_found_out() {
        assertDiffers(with(play.rewards(), 7L));
    }

    @Test
    void a_reward_too_many_is_found_out() {
        assertDiffers(with(List.of(play.rewards().getFirst(), play.rewards().getFirst()), play.score()));
    }

    @Test
    void what_was_dealt_is_dealt_again_with_the_client_seed_of_the_start_or_with_none() {
        Game boxes = boxes(1);

        Session without = started(boxes, "");
        Session with = started(boxes, "lucky");

        assertThat(Recomputing.dealt(boxes, without, "")).isEqualTo(without.seed());
        assertThat(Recomputing.dealt(boxes, without.fixing("lucky"), "lucky")).isEqualTo(without.seed());
        assertThat(Recomputing.dealt(boxes, with, "lucky")).isEqualTo(with.seed());
    }

    @Test
    void what_was_not_dealt_is_found_out() {
        Game boxes = boxes(1);
        Session dealt = started(boxes, "");
        Session changed = dealing(dealt, Document.of("items", List.of()));

        assertThat(Recomputing.dealt(boxes, changed, "")).isEqualTo(dealt.seed());
    }

    @Test
    void a_start_is_repeated_in_the_revision_of_its_game_only() {
        Session session = started(boxes(1), "");

        assertThatThrownBy(() -> Recomputing.dealt(boxes(2), session, ""))
                .hasMessageContaining("was opened under revision 1, this is 2");
    }

    private CommittedPlay played() {
        ledger.open(session);
        var pending = new PendingPlay(wheel.decided(session, NOON), null, _ -> new KeptAnswer(200, "{}"), null);
        Outcome outcome = ledger.commit(List.of(pending)).getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play();
    }

    private Finding check(CommittedPlay recorded) {
        return Recomputing.check(recorded, wheel.game(), session, "", wheel.prizes());
    }

    private void assertDiffers(CommittedPlay changed) {
        var won = new Won(points.id(), points.name(), PrizeType.POINTS, 1, 25);
        assertThat(check(changed))
                .isEqualTo(new Finding.Differs(new Result(play.metadata(), play.score(), List.of(won))));
    }

    private CommittedPlay withReward(UnaryOperator<GrantedReward> change) {
        return with(play.rewards().stream().map(change).toList(), play.score());
    }

    private CommittedPlay with(List<GrantedReward> rewards, @Nullable Long score) {
        return new CommittedPlay(
                play.id(),
                play.game(),
                play.gameRevision(),
                play.player(),
                play.sequence(),
                play.input(),
                play.metadata(),
                score,
                rewards,
                play.unavailable(),
                play.walletNumber(),
                play.occurredAt());
    }

    private static GrantedReward reward(GrantedReward of, String name, PrizeType type, long quantity, long value) {
        return new GrantedReward(of.id(), of.prize(), name, of.image(), type, quantity, value, of.code());
    }

    /** A game that shows two of twenty boxes. */
    private static Game boxes(long revision) {
        List<Map<String, Object>> items = IntStream.range(0, 20)
                .mapToObj(n -> Map.<String, Object>of("item_id", "box_" + n))
                .toList();
        GameShape shape = Configured.shape("random_pick", Map.of("items", items, "shown", 2), Map.of());
        return new Game(
                new GameId("boxes"),
                ACME,
                null,
                null,
                "Boxes",
                "random_pick",
                GameStatus.ACTIVE,
                GameRules.NONE,
                shape,
                OnUnavailable.NO_WIN,
                null,
                revision,
                CampaignTerms.OPEN);
    }

    private static Session started(Game game, String clientSeed) {
        var seed = new ServerSeed("%064x".formatted(4711));
        return switch (Starting.start(game, ADA, new SessionId("sess_boxes"), seed, clientSeed, NOON)) {
            case StartDecision.Started(Session started) -> started;
            case StartDecision.GameNotActive() -> throw new AssertionError("the boxes are not open");
        };
    }

    private static Session dealing(Session session, Document seed) {
        return new Session(
                session.id(),
                session.tenant(),
                session.game(),
                session.gameRevision(),
                session.player(),
                seed,
                session.serverSeed(),
                session.startedAt(),
                session.expiresAt(),
                null);
    }
}
