/** Tests of the four decisions, and the contract that every ledger passes. */
@NullMarked
package io.fanfare.engine.play;

import org.jspecify.annotations.NullMarked;
