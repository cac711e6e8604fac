/** What must be done every few minutes so that nothing grows for ever. */
@NullMarked
package io.fanfare.play.upkeep;

import org.jspecify.annotations.NullMarked;
