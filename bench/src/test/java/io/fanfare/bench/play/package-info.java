@NullMarked
package io.fanfare.bench.play;

import org.jspecify.annotations.NullMarked;
