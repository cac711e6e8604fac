/** Loads that keep their rate, and figures that can fail. */
@NullMarked
package io.fanfare.bench.measure;

import org.jspecify.annotations.NullMarked;
