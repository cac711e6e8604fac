package io.fanfare.engine.memory;

import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedgerContract;
import io.fanfare.engine.prize.Prize;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

class InMemoryPlayLedgerTest extends PlayLedgerContract {

    private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();

    @Override
    protected PlayLedger ledger() {
        return ledger;
    }

    @Override
    protected void stocked(Prize prize, @Nullable Long units) {
        if (units != null) {
            ledger.stock(prize.tenant(), prize.id(), units);
        }
    }

    @Override
    protected void withCodes(Prize prize, List<String> codes) {
        ledger.codes(prize.tenant(), prize.id(), codes);
    }

    @Override
    protected Optional<Long> remaining(Prize prize) {
        return ledger.remaining(prize.tenant(), prize.id());
    }
}
