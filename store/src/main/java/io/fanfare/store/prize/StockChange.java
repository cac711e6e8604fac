package io.fanfare.store.prize;

/** What comes of an operator's change to a stock. */
public sealed interface StockChange {

    record Changed(Stock.Limited stock) implements StockChange {}

    record PrizeNotFound() implements StockChange {}

    /** There is nothing to add to or take from. */
    record StockUnlimited() implements StockChange {}

    /** Fewer units are left than were to be taken out; nothing was changed. */
    record BelowZero(long remaining) implements StockChange {}
}
