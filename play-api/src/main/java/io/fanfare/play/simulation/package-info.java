/** What a game would cost, and when its stock would be gone, before anybody plays it. */
@NullMarked
package io.fanfare.play.simulation;

import org.jspecify.annotations.NullMarked;
