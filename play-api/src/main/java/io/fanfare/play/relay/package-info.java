/** Back-pressure: nothing is written that cannot be published. */
@NullMarked
package io.fanfare.play.relay;

import org.jspecify.annotations.NullMarked;
