/** Tests. */
@NullMarked
package io.fanfare.engine.memory;

import org.jspecify.annotations.NullMarked;
