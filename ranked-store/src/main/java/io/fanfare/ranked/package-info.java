/** A Kafka Streams state store that knows the exact rank of every entry. */
@NullMarked
package io.fanfare.ranked;

import org.jspecify.annotations.NullMarked;
