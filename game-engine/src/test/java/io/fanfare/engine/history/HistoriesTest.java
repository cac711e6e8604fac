package io.fanfare.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.history.History.Bug;
import io.fanfare.engine.history.History.Stepped;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.memory.InMemoryPlayLedger;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random histories on the ledger in memory. */
class HistoriesTest {

    @Test
    void two_hundred_histories_hold() {
        for (long seed = 0; seed < 200; seed++) {
            assertThat(new History(seed, EnumSet.noneOf(Bug.class), new InMemoryWorld()).play())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    @Tag("long")
    void ten_thousand_histories_hold() {
        for (long seed = 0; seed < 10_000; seed++) {
            assertThat(new History(seed, EnumSet.noneOf(Bug.class), new InMemoryWorld()).play())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Bug.class)
    void the_model_finds_a_planted_bug(Bug bug) {
        long found = LongStream.range(0, 50)
                .filter(seed -> !new History(seed, EnumSet.of(bug), new InMemoryWorld())
                        .play()
                        .isEmpty())
                .count();

        assertThat(found).as("of 50 histories with %s", bug).isPositive();
    }

    private static final class InMemoryWorld implements History.World {

        private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();

        @Override
        public PlayLedger ledger() {
            return ledger;
        }

        @Override
        public void introduce(Prize prize, Redemption redemption) {
            ledger.stock(prize.tenant(), prize.id(), 0);
            ledger.redemption(prize.tenant(), prize.id(), redemption);
        }

        @Override
        public void stock(Prize prize, long delta) {
            ledger.stock(prize.tenant(), prize.id(), delta);
        }

        @Override
        public void codes(Prize prize, List<String> codes) {
            ledger.codes(prize.tenant(), prize.id(), codes);
        }

        @Override
        public long remaining(Prize prize) {
            return ledger.remaining(prize.tenant(), prize.id()).orElseThrow();
        }

        @Override
        public void turns(CampaignId campaign, PlayerId player, long turns) {
            ledger.grantTurns(Wheel.ACME, campaign, player, turns);
        }

        @Override
        public Stepped step(RewardId id, RewardStep step, Instant now) {
            return switch (ledger.step(Wheel.ACME, id, step, now).orElseThrow()) {
                case StepOutcome.Moved moved -> new Stepped(true, moved.returnsUnit());
                case StepOutcome.Refused _ -> new Stepped(false, false);
            };
        }
    }
}
