package io.fanfare.store.play;

import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedgerContract;
import io.fanfare.engine.prize.Prize;
import io.fanfare.store.StoreServer;
import io.fanfare.store.play.LedgerFixture.Transactions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("io.fanfare.store.play.LedgerFixture#everyWayOnEveryDatabase")
class PlayLedgerIT extends PlayLedgerContract {

    private final LedgerFixture fixture;

    PlayLedgerIT(StoreServer server, Transactions transactions) {
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
    protected void withCodes(Prize prize, List<String> codes) {
        fixture.codes(prize, codes);
    }

    @Override
    protected Optional<Long> remaining(Prize prize) {
        return fixture.remaining(prize);
    }
}
