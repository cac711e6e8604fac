/** Tests of how a platform is found and watched. */
@NullMarked
package io.fanfare.bench.platform;

import org.jspecify.annotations.NullMarked;
