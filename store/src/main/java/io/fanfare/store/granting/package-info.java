/** Prizes for what players have earned, without their asking. */
@NullMarked
package io.fanfare.store.granting;

import org.jspecify.annotations.NullMarked;
