package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ACME;
import static io.fanfare.engine.play.Wheel.ADA;
import static io.fanfare.engine.play.Wheel.GRACE;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import io.fanfare.store.play.Turns.Grant;
import io.fanfare.store.play.Turns.TurnChange;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class TurnsIT {

    private static final CampaignId SPRING = new CampaignId("camp_spring");

    private final LedgerFixture fixture;
    private final Turns turns;

    TurnsIT(StoreServer server) {
        this.fixture = LedgerFixture.onFreshDatabase(server, Transactions.EACH_ITS_OWN);
        this.turns = fixture.turns();
    }

    @Test
    void turns_are_granted_and_taken_but_never_below_none() {
        TurnChange granted = turns.grant(grant(3, "quest_1"));
        TurnChange taken = turns.grant(grant(-5, "operator_1"));

        assertThat(granted).isEqualTo(new TurnChange.Moved(3, 3));
        assertThat(taken).isEqualTo(new TurnChange.Moved(0, -3));
        assertThat(fixture.count("select sum(delta) from turn_movement")).isZero();
    }

    @Test
    void the_same_cause_moves_turns_once() {
        turns.grant(grant(3, "quest_1"));

        TurnChange again = turns.grant(grant(3, "quest_1"));

        assertThat(again).isEqualTo(new TurnChange.MovedBefore(3));
        assertThat(turns.balance(ACME, SPRING, ADA)).isEqualTo(3);
        assertThat(fixture.count("select count(*) from turn_movement where reason = 'done' and delta = 3"))
                .isEqualTo(1);
    }

    @Test
    void nobody_else_has_them() {
        turns.grant(grant(3, "quest_1"));

        assertThat(turns.balance(ACME, SPRING, GRACE)).isZero();
        assertThat(turns.balance(ACME, new CampaignId("camp_autumn"), ADA)).isZero();
        assertThat(turns.balance(RIVAL, SPRING, ADA)).isZero();
    }

    @Test
    void a_balance_that_no_number_can_hold_is_refused() {
        turns.grant(grant(Long.MAX_VALUE, "quest_1"));

        assertThatThrownBy(() -> turns.grant(grant(1, "quest_2"))).isInstanceOf(ArithmeticException.class);
        assertThat(turns.balance(ACME, SPRING, ADA)).isEqualTo(Long.MAX_VALUE);
    }

    private static Grant grant(long delta, String cause) {
        return new Grant(ACME, SPRING, ADA, delta, cause, "done");
    }
}
