/** What a game would do, found out by playing it many times. */
@NullMarked
package io.fanfare.engine.simulation;

import org.jspecify.annotations.NullMarked;
