/** Campaigns: what operators configure, and what anybody may see of them. */
@NullMarked
package io.fanfare.play.campaign;

import org.jspecify.annotations.NullMarked;
