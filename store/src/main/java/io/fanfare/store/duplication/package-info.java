/** Copies of what belongs together. */
@NullMarked
package io.fanfare.store.duplication;

import org.jspecify.annotations.NullMarked;
