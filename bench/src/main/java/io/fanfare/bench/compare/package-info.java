/** What the same thing measured several times comes to, beside its reference. */
@NullMarked
package io.fanfare.bench.compare;

import org.jspecify.annotations.NullMarked;
