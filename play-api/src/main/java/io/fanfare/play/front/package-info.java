/** The page that says what runs here. */
@NullMarked
package io.fanfare.play.front;

import org.jspecify.annotations.NullMarked;
