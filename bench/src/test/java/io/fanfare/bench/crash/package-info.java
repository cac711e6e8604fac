/** Tests of the kill runs, without anybody dying. */
@NullMarked
package io.fanfare.bench.crash;

import org.jspecify.annotations.NullMarked;
