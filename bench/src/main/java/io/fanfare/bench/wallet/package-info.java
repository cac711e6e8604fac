/** How many wallet entries a second the wallets app makes, beside a bare processor, and how it comes back. */
@NullMarked
package io.fanfare.bench.wallet;

import org.jspecify.annotations.NullMarked;
