/** Tests of the measurements. */
@NullMarked
package io.fanfare.bench.latency;

import org.jspecify.annotations.NullMarked;
