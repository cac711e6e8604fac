/** Tests of the load. */
@NullMarked
package io.fanfare.bench.load;

import org.jspecify.annotations.NullMarked;
