package io.fanfare.store.play;

import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedgerContract;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@OnEveryDatabase
class PlayLedgerIT extends PlayLedgerContract {

    private final LedgerFixture fixture;

    PlayLedgerIT(StoreServer server) {
        this.fixture = LedgerFixture.onSharedDatabase(server, Transactions.EACH_ITS_OWN);
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
    protected void withCodes(Prize prize, List<String> codes) {
        fixture.codes(prize, codes);
    }

    @Override
    protected Optional<Long> remaining(Prize prize) {
        return fixture.remaining(prize);
    }
}
