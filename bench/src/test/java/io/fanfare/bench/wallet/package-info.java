@NullMarked
package io.fanfare.bench.wallet;

import org.jspecify.annotations.NullMarked;
