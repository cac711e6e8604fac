/** Programs that embed the engine. */
@NullMarked
package io.fanfare.examples;

import org.jspecify.annotations.NullMarked;
