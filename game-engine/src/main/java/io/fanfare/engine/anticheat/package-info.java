/** What a player must show for a claim: levels of strictness, and the signed record of what was done. */
@NullMarked
package io.fanfare.engine.anticheat;

import org.jspecify.annotations.NullMarked;
