/** Back-pressure, alarms and publishing again. */
@NullMarked
package io.fanfare.play.relay;

import org.jspecify.annotations.NullMarked;
