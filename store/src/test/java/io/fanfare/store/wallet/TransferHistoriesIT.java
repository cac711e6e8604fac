package io.fanfare.store.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random histories of transfers whose commands get lost, on the real tables. */
@OnEveryDatabase
class TransferHistoriesIT {

    private static final long FEW = 12;
    private static final long MANY = 200;

    /** It shows only where a command comes late, and its transfer is retried before what became of it is followed. */
    private static final long ENOUGH_TO_FIND = 60;

    private final Definitions definitions;

    TransferHistoriesIT(StoreServer server) {
        this.definitions = new Definitions(server);
    }

    @Test
    void each_transfer_ends_with_its_amount_in_one_wallet() {
        hold(0, FEW);
    }

    @Test
    @Tag("long")
    void many_more_end_so() {
        hold(FEW, MANY);
    }

    @Test
    void a_word_that_is_not_the_wallets_is_found_out() {
        boolean isFound = false;
        for (long seed = 0; seed < ENOUGH_TO_FIND && !isFound; seed++) {
            isFound = !new TransferHistory(definitions, "forged_", seed, true)
                    .run()
                    .isEmpty();
        }

        assertThat(isFound).as("it is found in %d histories", ENOUGH_TO_FIND).isTrue();
    }

    private void hold(long from, long to) {
        for (long seed = from; seed < to; seed++) {
            assertThat(new TransferHistory(definitions, "held_", seed, false).run())
                    .as("history of seed %d", seed)
                    .isEmpty();
        }
    }
}
