/** Answers that are kept, so that a repeated request gets the same one. */
@NullMarked
package io.fanfare.store.idempotency;

import org.jspecify.annotations.NullMarked;
