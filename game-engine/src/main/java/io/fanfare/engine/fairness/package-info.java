/** Draws that anyone can recompute. */
@NullMarked
package io.fanfare.engine.fairness;

import org.jspecify.annotations.NullMarked;
