/** The authority for balances: numbered commands in, ledger entries out, wallets to be asked. */
@NullMarked
package io.fanfare.streams.wallet;

import org.jspecify.annotations.NullMarked;
