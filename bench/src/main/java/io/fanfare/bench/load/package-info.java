/** Load over REST, as players make it: keys, patience, and a file of everything that was acknowledged. */
@NullMarked
package io.fanfare.bench.load;

import org.jspecify.annotations.NullMarked;
