/** How long a play takes until others can see it, at a rate that does not wait for answers. */
@NullMarked
package io.fanfare.bench.latency;

import org.jspecify.annotations.NullMarked;
