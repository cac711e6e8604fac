/** Forecasts, tested. */
@NullMarked
package io.fanfare.engine.simulation;

import org.jspecify.annotations.NullMarked;
