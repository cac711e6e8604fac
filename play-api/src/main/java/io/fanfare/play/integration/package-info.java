/** Who is told of events. */
@NullMarked
package io.fanfare.play.integration;

import org.jspecify.annotations.NullMarked;
