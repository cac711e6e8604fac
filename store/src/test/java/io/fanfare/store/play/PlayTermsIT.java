package io.fanfare.store.play;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayTermsContract;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import io.fanfare.store.play.Turns.Grant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fanfare.store.play.LedgerFixture#everyWayOnEveryDatabase")
class PlayTermsIT extends PlayTermsContract {

    private final LedgerFixture fixture;

    PlayTermsIT(StoreServer server, Transactions transactions) {
        this.fixture = LedgerFixture.onSharedDatabase(server, transactions);
    }

    @Override
    protected PlayLedger ledger() {
        return fixture.ledger();
    }

    @Override
    protected void stocked(Prize prize, @Nullable Long units) {
        fixture.stock(prize, units);
    }

    @Override
    protected void grantTurns(CampaignId campaign, PlayerId player, long turns) {
        fixture.turns().grant(new Grant(Wheel.ACME, campaign, player, turns, "contract", "for the test"));
    }
}
