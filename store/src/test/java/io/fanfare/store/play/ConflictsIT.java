package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.committed;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.engine.play.Wheel;
import io.fanfare.store.Conflicts;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.dao.ConcurrencyFailureException;

/** A commit that meets other transactions again and again, in the way in which its database says so. */
@ParameterizedClass
@EnumSource(StoreServer.Embedded.class)
class ConflictsIT {

    private final LedgerFixture fixture;

    ConflictsIT(StoreServer.Embedded server) {
        this.fixture = LedgerFixture.onFreshDatabase(server, Transactions.EACH_ITS_OWN);
    }

    @Test
    void a_conflict_with_another_transaction_is_tried_again() {
        Wheel wheel = Wheel.neverWinning();
        DecidedPlay play = fixture.decided(wheel, ADA);
        Conflicts.on(fixture.database(), "insert on play", 5);

        CommittedPlay committed = committed(fixture.commit(play));

        assertThat(committed.sequence()).isEqualTo(1);
        assertThat(fixture.ledger().counts(ACME, wheel.game().id(), ADA, NOON)).isEqualTo(new PlayCounts(1, 1));
    }

    @Test
    void a_conflict_that_does_not_end_fails_the_play_after_five_more_tries() {
        DecidedPlay play = fixture.decided(Wheel.neverWinning(), ADA);
        var conflicts = Conflicts.on(fixture.database(), "insert on play", 1_000);

        Outcome outcome = fixture.commit(play);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.why()).isInstanceOf(ConcurrencyFailureException.class));
        assertThat(conflicts.tries()).isEqualTo(6);
        assertThat(fixture.count("select count(*) from play")).isZero();
        assertThat(fixture.count("select count(*) from play_counter")).isZero();
        assertThat(fixture.count("select count(*) from outbox")).isZero();
        assertThat(fixture.count("select count(*) from session where consumed_at is not null"))
                .isZero();
    }
}
