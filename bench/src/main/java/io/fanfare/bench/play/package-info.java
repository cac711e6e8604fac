/** How many plays a second are committed, beside the best that one transaction for each of them can do. */
@NullMarked
package io.fanfare.bench.play;

import org.jspecify.annotations.NullMarked;
