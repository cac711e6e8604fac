package io.fanfare.engine.history;

import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.history.NaiveModel.Answer;
import io.fanfare.engine.history.NaiveModel.Terms;
import io.fanfare.engine.history.NaiveModel.Told;
import io.fanfare.engine.history.NaiveModel.Won;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.Unavailable;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A game with one mug in stock: whoever draws it wins it. */
class NaiveModelTest {

    private static final PrizeId MUG = new PrizeId("mug");
    private static final Unavailable GONE = new Unavailable(MUG, Unavailability.OUT_OF_STOCK);

    private final NaiveModel model = new NaiveModel(new Terms(
            9,
            9,
            false,
            0,
            OnUnavailable.NO_WIN,
            MUG,
            null,
            List.of(),
            Map.of(MUG, new Won(500, 0, 0, false, false, null))));

    NaiveModelTest() {
        model.stocked(MUG, 1);
    }

    @Test
    void who_draws_what_is_there_wins_it() {
        model.told(List.of(wins("ada")));

        assertThat(model.wrong()).isEmpty();
    }

    @Test
    void a_prize_that_was_there_and_was_withheld_is_seen() {
        model.told(List.of(told("ada", List.of(), List.of())));

        assertThat(model.wrong())
                .singleElement()
                .asString()
                .contains("ada drew mug and got [] ([]), expected [mug] ([])");
    }

    @Test
    void a_prize_that_was_there_and_was_said_to_be_gone_is_seen() {
        model.told(List.of(loses("ada")));

        assertThat(model.wrong()).isNotEmpty();
    }

    @Test
    void a_prize_that_was_gone_and_was_given_is_seen() {
        model.told(List.of(wins("ada")));

        model.told(List.of(wins("grace")));

        assertThat(model.wrong()).isNotEmpty();
    }

    @Test
    void of_two_together_either_may_have_been_first() {
        model.told(List.of(loses("ada"), wins("grace")));

        assertThat(model.wrong()).isEmpty();
    }

    @Test
    void of_two_together_one_must_have_won() {
        model.told(List.of(loses("ada"), loses("grace")));

        assertThat(model.wrong()).isNotEmpty();
    }

    private static Told wins(String player) {
        var reward =
                new GrantedReward(new RewardId("rwd_" + player), MUG, "Mug", null, PrizeType.VOUCHER, 1, 500, null);
        return told(player, List.of(reward), List.of());
    }

    private static Told loses(String player) {
        return told(player, List.of(), List.of(GONE));
    }

    /** The first play of somebody, who drew the mug. */
    private static Told told(String player, List<GrantedReward> rewards, List<Unavailable> unavailable) {
        var play = new CommittedPlay(
                new PlayId("play_" + player),
                new GameId("wheel"),
                1,
                new PlayerId(player),
                1,
                Document.empty(),
                Document.empty(),
                null,
                rewards,
                unavailable,
                null,
                NOON);
        return new Told(player, "key_" + player, "session_" + player, NOON, MUG, new Answer.Played(play));
    }
}
