/** The numbers of wallet commands; the balances are elsewhere. */
@NullMarked
package io.fanfare.store.wallet;

import org.jspecify.annotations.NullMarked;
