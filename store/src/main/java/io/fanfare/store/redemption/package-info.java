/** Players who redeem milestones: what is set aside until the wallet has its say. */
@NullMarked
package io.fanfare.store.redemption;

import org.jspecify.annotations.NullMarked;
