package io.fanfare.engine.memory;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayTermsContract;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.prize.Prize;
import org.jspecify.annotations.Nullable;

class InMemoryPlayTermsTest extends PlayTermsContract {

    private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();

    @Override
    protected PlayLedger ledger() {
        return ledger;
    }

    @Override
    protected void stocked(Prize prize, @Nullable Long units) {
        if (units != null) {
            ledger.stock(Wheel.ACME, prize.id(), units);
        }
    }

    @Override
    protected void grantTurns(CampaignId campaign, PlayerId player, long turns) {
        ledger.grantTurns(Wheel.ACME, campaign, player, turns);
    }
}
