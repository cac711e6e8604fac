/** What becomes of a record that no retry can mend. */
@NullMarked
package io.fanfare.streams.deadletter;

import org.jspecify.annotations.NullMarked;
