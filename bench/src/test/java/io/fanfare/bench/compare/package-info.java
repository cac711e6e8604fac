@NullMarked
package io.fanfare.bench.compare;

import org.jspecify.annotations.NullMarked;
