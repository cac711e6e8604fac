/** How many wallet entries a second the wallets app makes, beside a bare processor, how it comes back, and how long a redemption takes. */
@NullMarked
package io.fanfare.bench.wallet;

import org.jspecify.annotations.NullMarked;
