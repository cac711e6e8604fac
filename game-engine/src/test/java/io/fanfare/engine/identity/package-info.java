/** Tests. */
@NullMarked
package io.fanfare.engine.identity;

import org.jspecify.annotations.NullMarked;
