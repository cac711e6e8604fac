/** Tests. */
@NullMarked
package io.fanfare.engine.fairness;

import org.jspecify.annotations.NullMarked;
