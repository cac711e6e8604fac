/** What players own: balances, the numbered commands that change them, and the ledger entries that tell how. */
@NullMarked
package io.fanfare.engine.wallet;

import org.jspecify.annotations.NullMarked;
