package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.BalanceSheet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A tenant's balance sheets, as far as some partitions know.
 *
 * @param partitions the partitions that it speaks for, ascending
 * @param sheets by currency
 */
record SheetSlice(List<Integer> partitions, Map<String, BalanceSheet> sheets) {

    static final SheetSlice NONE = new SheetSlice(List.of(), Map.of());

    SheetSlice {
        partitions = List.copyOf(partitions);
        sheets = Map.copyOf(sheets);
    }

    static SheetSlice sum(Collection<SheetSlice> slices) {
        List<Integer> partitions = new ArrayList<>();
        Map<String, BalanceSheet> sheets = new TreeMap<>();
        for (SheetSlice slice : slices) {
            partitions.addAll(slice.partitions());
            slice.sheets().forEach((currency, sheet) -> sheets.merge(currency, sheet, BalanceSheet::plus));
        }
        partitions.sort(null);
        return new SheetSlice(partitions, sheets);
    }
}
