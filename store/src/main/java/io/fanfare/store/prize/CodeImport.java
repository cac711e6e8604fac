package io.fanfare.store.prize;

/** What comes of adding codes to a pool. */
public sealed interface CodeImport {

    /** @param duplicates codes that the pool had already, or that were given twice; they were left out */
    record Imported(int imported, int duplicates) implements CodeImport {}

    record PrizeNotFound() implements CodeImport {}

    /** Its units are handed out without codes: nothing would ever take one from the pool. */
    record PrizeWithoutCodes() implements CodeImport {}
}
