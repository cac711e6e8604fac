/** Tests. */
@NullMarked
package io.fanfare.engine.shape;

import org.jspecify.annotations.NullMarked;
