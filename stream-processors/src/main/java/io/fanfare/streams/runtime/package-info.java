/** How a Kafka Streams app of this process is configured, started, watched and stopped. */
@NullMarked
package io.fanfare.streams.runtime;

import org.jspecify.annotations.NullMarked;
