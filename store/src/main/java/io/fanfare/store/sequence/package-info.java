/** The numbers of what happens to a player, without gaps and in the order of commits. */
@NullMarked
package io.fanfare.store.sequence;

import org.jspecify.annotations.NullMarked;
