package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.history.History;
import io.fanfare.engine.history.History.Bug;
import io.fanfare.engine.history.History.Stepped;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.reward.RewardStep;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.LedgerFixture.Transactions;
import io.fanfare.store.play.Turns.Grant;
import io.fanfare.store.prize.Actor;
import io.fanfare.store.prize.RewardChange;
import io.fanfare.store.prize.Rewards;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The random histories of the engine, on the real ledger, against the model that knows nothing of either. */
@OnEveryDatabase
class HistoriesIT {

    private static final long FEW = 40;
    private static final long MANY = 200;

    private final StoreServer server;

    HistoriesIT(StoreServer server) {
        this.server = server;
    }

    @ParameterizedTest(name = "history of seed {0}")
    @MethodSource("fewSeeds")
    void a_history_holds(long seed) {
        assertThat(played(seed)).isEmpty();
    }

    @ParameterizedTest(name = "history of seed {0}")
    @MethodSource("manyMoreSeeds")
    @Tag("long")
    void many_more_hold(long seed) {
        assertThat(played(seed)).isEmpty();
    }

    static LongStream fewSeeds() {
        return LongStream.range(0, FEW);
    }

    static LongStream manyMoreSeeds() {
        return LongStream.range(FEW, MANY);
    }

    /** What was wrong. */
    private List<String> played(long seed) {
        Transactions transactions = seed % 2 == 0 ? Transactions.EACH_ITS_OWN : Transactions.SHARED;
        return new History(seed, EnumSet.noneOf(Bug.class), new StoredWorld(server, transactions)).play();
    }

    private static final class StoredWorld implements History.World {

        private final LedgerFixture fixture;
        private final SettableClock clock = new SettableClock();
        private final Rewards rewards;
        private long grants;

        private StoredWorld(StoreServer server, Transactions transactions) {
            this.fixture = LedgerFixture.onSharedDatabase(server, transactions);
            this.rewards = new Rewards(fixture.database(), new Outbox(fixture.database(), fixture.registry()), clock);
        }

        @Override
        public PlayLedger ledger() {
            return fixture.ledger();
        }

        @Override
        public void introduce(Prize prize, Redemption redemption) {
            fixture.introduce(prize, redemption);
        }

        @Override
        public void stock(Prize prize, long delta) {
            fixture.database()
                    .jdbc()
                    .sql("""
                            update prize_stock set total = total + :delta, remaining = remaining + :delta
                            where tenant_id = :tenant and prize_id = :prize
                            """)
                    .param("delta", delta)
                    .param("tenant", prize.tenant().value())
                    .param("prize", prize.id().value())
                    .update();
        }

        @Override
        public void codes(Prize prize, List<String> codes) {
            fixture.codes(prize, codes);
        }

        @Override
        public long remaining(Prize prize) {
            return fixture.remaining(prize).orElseThrow();
        }

        @Override
        public void turns(CampaignId campaign, PlayerId player, long turns) {
            fixture.turns()
                    .grant(new Grant(ACME, campaign, player, turns, "history-%d".formatted(++grants), "for a history"));
        }

        @Override
        public Stepped step(RewardId id, RewardStep step, Instant now) {
            clock.now = now;
            boolean wasReturned = isUnitReturned(id);
            RewardChange change = rewards.step(ACME, id, step, new Actor("history", null, null));
            return new Stepped(change instanceof RewardChange.Moved, !wasReturned && isUnitReturned(id));
        }

        private boolean isUnitReturned(RewardId id) {
            return fixture.count(
                            "select count(*) from reward where tenant_id = 'acme' and reward_id = ? and is_unit_returned",
                            id.value())
                    == 1;
        }
    }

    private static final class SettableClock extends Clock {

        private Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("instants only");
        }
    }
}
