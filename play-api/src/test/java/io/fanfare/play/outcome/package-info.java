/** What becomes of what was asked of wallets. */
@NullMarked
package io.fanfare.play.outcome;

import org.jspecify.annotations.NullMarked;
