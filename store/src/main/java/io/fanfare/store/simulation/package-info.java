/** Simulations of games that run in the background. */
@NullMarked
package io.fanfare.store.simulation;

import org.jspecify.annotations.NullMarked;
