/** The system of record: what every store shares. */
@NullMarked
package io.fanfare.store;

import org.jspecify.annotations.NullMarked;
