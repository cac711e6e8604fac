package io.fanfare.store.wallet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.PlayerAccount;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ledger entries and lots as tables keep them. */
final class EntriesJson {

    private static final JsonMapper JSON = new JsonMapper();

    /** @param expiresAtMs null: never */
    private record LotJson(@Nullable Long expiresAtMs, long amount) {

        static LotJson of(Lot lot) {
            Instant expiresAt = lot.expiresAt();
            return new LotJson(expiresAt == null ? null : expiresAt.toEpochMilli(), lot.amount());
        }

        Lot lot() {
            return new Lot(expiresAtMs == null ? null : Instant.ofEpochMilli(expiresAtMs), amount);
        }
    }

    private record EntryJson(
            String currency,
            long amount,
            CounterAccount counter,
            long balance,
            PlayerAccount account,
            List<LotJson> lots) {

        static EntryJson of(LedgerEntry entry) {
            return new EntryJson(
                    entry.currency().code(),
                    entry.amount(),
                    entry.counterAccount(),
                    entry.balanceAfter(),
                    entry.account(),
                    entry.lots().stream().map(LotJson::of).toList());
        }

        LedgerEntry entry() {
            return new LedgerEntry(
                    new Currency(currency),
                    amount,
                    counter,
                    balance,
                    account,
                    lots.stream().map(LotJson::lot).toList());
        }
    }

    private EntriesJson() {}

    static String write(List<LedgerEntry> entries) {
        return text(entries.stream().map(EntryJson::of).toList());
    }

    static List<LedgerEntry> read(String json) {
        return Arrays.stream(value(json, EntryJson[].class))
                .map(EntryJson::entry)
                .toList();
    }

    static String writeLots(List<Lot> lots) {
        return text(lots.stream().map(LotJson::of).toList());
    }

    static List<Lot> readLots(String json) {
        return Arrays.stream(value(json, LotJson[].class)).map(LotJson::lot).toList();
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entries that are no JSON", e);
        }
    }

    private static <T> T value(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("entries were kept that are no JSON", e);
        }
    }
}
