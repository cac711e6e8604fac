/** Balances and ledger of a player. */
@NullMarked
package io.fanfare.play.wallet;

import org.jspecify.annotations.NullMarked;
