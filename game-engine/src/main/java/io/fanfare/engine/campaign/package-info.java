/** What a campaign adds to the rules of its games. */
@NullMarked
package io.fanfare.engine.campaign;

import org.jspecify.annotations.NullMarked;
