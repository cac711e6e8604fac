/** Transfers between players, after their debit: what a wallet said of one leg is what the next one follows from. */
@NullMarked
package io.fanfare.worker.granting.transfer;

import org.jspecify.annotations.NullMarked;
