/** The headers of every record that a stream app writes. */
@NullMarked
package io.fanfare.streams.cloudevents;

import org.jspecify.annotations.NullMarked;
