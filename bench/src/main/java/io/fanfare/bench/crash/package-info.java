/** Kills parts of a platform while people play on it, and shows that nothing acknowledged is lost or doubled. */
@NullMarked
package io.fanfare.bench.crash;

import org.jspecify.annotations.NullMarked;
