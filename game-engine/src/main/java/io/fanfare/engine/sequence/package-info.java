/** Numbered facts: what makes a repeated one harmless and a missing one visible. */
@NullMarked
package io.fanfare.engine.sequence;

import org.jspecify.annotations.NullMarked;
