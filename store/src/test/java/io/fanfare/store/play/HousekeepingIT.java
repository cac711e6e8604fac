package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.NOON;
import static io.fanfare.store.play.LedgerFixture.pending;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.Housekeeping;
import io.fanfare.store.Housekeeping.Swept;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class HousekeepingIT {

    private final LedgerFixture fixture;
    private final Prize mug = Wheel.voucher("Mug");
    private final Wheel wheel = Wheel.alwaysWinning(mug);

    HousekeepingIT(StoreServer server) {
        this.fixture = LedgerFixture.onFreshDatabase(server, Transactions.EACH_ITS_OWN);
    }

    @Test
    void what_can_still_be_asked_for_stays() {
        Session unplayed = playedAndUnplayed();

        Swept swept = sweep(NOON.plus(Duration.ofHours(23)));

        assertThat(swept).isEqualTo(new Swept(0, 0, 0));
        assertThat(fixture.ledger().session(ACME, unplayed.id())).isPresent();
    }

    @Test
    void what_nobody_can_ask_for_any_more_goes_and_totals_stay() {
        Session unplayed = playedAndUnplayed();
        Instant later = NOON.plus(Duration.ofDays(2));

        Swept swept = sweep(later);

        assertThat(swept).isEqualTo(new Swept(1, 1, 1));
        assertThat(fixture.ledger().session(ACME, unplayed.id())).isEmpty();
        assertThat(fixture.count("select count(*) from session")).isEqualTo(1);
        assertThat(fixture.ledger().counts(ACME, wheel.game().id(), ADA, later)).isEqualTo(new PlayCounts(1, 0));
        assertThat(fixture.count("select units from award_counter")).isEqualTo(1);
    }

    private Session playedAndUnplayed() {
        fixture.stock(mug, 5L);
        fixture.database()
                .jdbc()
                .sql("""
                        insert into transfer_counter (tenant_id, player_id, currency, epoch_day, sent)
                        values (?, ?, 'points', ?, 40)
                        """)
                .params(ACME.value(), ADA.value(), CounterKey.epochDay(NOON))
                .update();
        fixture.commit(pending(fixture.decided(wheel, ADA), new IdempotencyClaim("key", "hash")));
        return fixture.opened(wheel, ADA);
    }

    private Swept sweep(Instant now) {
        return new Housekeeping(fixture.database(), Clock.fixed(now, ZoneOffset.UTC)).sweep();
    }
}
