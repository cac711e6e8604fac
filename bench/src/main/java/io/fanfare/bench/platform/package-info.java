/** A platform in processes of its own: launched by the script, watched from outside, killed and ended. */
@NullMarked
package io.fanfare.bench.platform;

import org.jspecify.annotations.NullMarked;
