/** Rules for the whole engine. */
@NullMarked
package io.fanfare.engine;

import org.jspecify.annotations.NullMarked;
