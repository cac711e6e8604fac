/** Whether an app tells the world what it decides, or works in silence because another one has told it. */
@NullMarked
package io.fanfare.streams.telling;

import org.jspecify.annotations.NullMarked;
