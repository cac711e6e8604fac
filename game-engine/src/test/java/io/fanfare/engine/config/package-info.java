/** Tests. */
@NullMarked
package io.fanfare.engine.config;

import org.jspecify.annotations.NullMarked;
