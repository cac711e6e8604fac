/** Requests that may arrive more than once. */
@NullMarked
package io.fanfare.play.idempotency;

import org.jspecify.annotations.NullMarked;
