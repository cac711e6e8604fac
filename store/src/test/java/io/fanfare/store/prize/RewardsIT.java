package io.fanfare.store.prize;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.JdbcPlayLedger;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class RewardsIT {

    private final JdbcPlayLedger ledger;
    private final Rewards rewards;
    private final Wheel wheel = Wheel.alwaysWinning(Wheel.points(10));

    RewardsIT(StoreServer server) {
        var definitions = new Definitions(server);
        this.ledger = new JdbcPlayLedger(
                definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.rewards = new Rewards(definitions.database(), definitions.outbox(), definitions.clock());
    }

    @Test
    void a_players_rewards_are_paged_from_the_newest() {
        List<CommittedPlay> plays = Stream.generate(() -> played(ADA)).limit(3).toList();
        played(GRACE);

        Page<RewardRecord> first = rewards.ofPlayer(ACME, ADA, null, 2);
        Page<RewardRecord> second =
                rewards.ofPlayer(ACME, ADA, first.items().getLast().id(), 2);

        assertThat(first.items())
                .extracting(RewardRecord::cause)
                .containsExactly(
                        new RewardCause.OfPlay(plays.get(2).id()),
                        new RewardCause.OfPlay(plays.get(1).id()));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.items())
                .extracting(RewardRecord::cause)
                .containsExactly(new RewardCause.OfPlay(plays.getFirst().id()));
        assertThat(second.hasMore()).isFalse();
    }

    @Test
    void a_reward_is_found_by_its_own_tenant_only() {
        CommittedPlay play = played(ADA);

        var id = play.rewards().getFirst().id();

        assertThat(rewards.find(ACME, id)).hasValueSatisfying(reward -> {
            assertThat(reward.cause()).isEqualTo(new RewardCause.OfPlay(play.id()));
            assertThat(reward.player()).isEqualTo(ADA);
            assertThat(reward.state().wonAt()).isEqualTo(NOON);
        });
        assertThat(rewards.find(RIVAL, id)).isEmpty();
        assertThat(rewards.ofPlayer(RIVAL, ADA, null, 10).items()).isEmpty();
    }

    private CommittedPlay played(PlayerId player) {
        Session session = wheel.session(player, NOON);
        ledger.open(session);
        DecidedPlay play = wheel.decided(session, NOON);
        Outcome outcome = ledger.commit(List.of(new PendingPlay(play, null, _ -> new KeptAnswer(200, "{}"), null)))
                .getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Committed.class);
        return ((Outcome.Committed) outcome).play();
    }
}
