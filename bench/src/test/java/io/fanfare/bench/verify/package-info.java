/** Breaks each thing that must hold, and sees it reported. */
@NullMarked
package io.fanfare.bench.verify;

import org.jspecify.annotations.NullMarked;
