package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.WalletState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** The balance sheets of one task: of each tenant and currency what its wallets hold. */
final class TaskSheets {

    /** There once every wallet is in the sheets. No tenant has an empty name. */
    private static final String OPENED = "/";

    private static final int MAX_REMEMBERED = 1_000;

    private final KeyValueStore<String, BalanceSheet> sheets;
    private final Map<String, BalanceSheet> remembered = new HashMap<>();
    private boolean isOpen;

    TaskSheets(KeyValueStore<String, BalanceSheet> sheets) {
        this.sheets = sheets;
    }

    static String key(TenantId tenant, Currency currency) {
        return tenant + "/" + currency;
    }

    static String prefix(TenantId tenant) {
        return tenant + "/";
    }

    /** Behind every key of a tenant: a zero comes after a slash. */
    static String behind(TenantId tenant) {
        return tenant + "0";
    }

    /** Wallets that were written before there were sheets are counted once. */
    void open(KeyValueStore<String, WalletState> wallets) {
        if (isOpen) {
            return;
        }
        if (sheets.get(OPENED) == null) {
            try (KeyValueIterator<String, WalletState> all = wallets.all()) {
                all.forEachRemaining(wallet -> count(wallet.key, wallet.value));
            }
            sheets.put(OPENED, BalanceSheet.EMPTY);
        }
        isOpen = true;
    }

    void post(TenantId tenant, List<LedgerEntry> entries) {
        for (LedgerEntry entry : entries) {
            String key = key(tenant, entry.currency());
            put(key, sheet(key).plus(entry));
        }
    }

    private void count(String wallet, WalletState state) {
        var tenant = new TenantId(wallet.substring(0, wallet.indexOf('/')));
        state.holdings().forEach((currency, holding) -> {
            String key = key(tenant, currency);
            put(key, sheet(key).plus(BalanceSheet.of(holding)));
        });
    }

    /** Nobody else writes them: what was put last is what is there. */
    private BalanceSheet sheet(String key) {
        BalanceSheet known = remembered.get(key);
        if (known != null) {
            return known;
        }
        BalanceSheet stored = sheets.get(key);
        return stored == null ? BalanceSheet.EMPTY : stored;
    }

    private void put(String key, BalanceSheet sheet) {
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        remembered.put(key, sheet);
        sheets.put(key, sheet);
    }
}
