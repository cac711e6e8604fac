/** What stream apps and wallets have decided becomes what players get: the ends of redemptions, and what is granted unasked. */
@NullMarked
package io.fanfare.worker.granting;

import org.jspecify.annotations.NullMarked;
