/** How a request learns what became of its wallet command: the worker writes it down, and whoever waits asks the database. */
@NullMarked
package io.fanfare.play.outcome;

import org.jspecify.annotations.NullMarked;
