/** Questions to the services that hold stream state. */
@NullMarked
package io.fanfare.play.state;

import org.jspecify.annotations.NullMarked;
