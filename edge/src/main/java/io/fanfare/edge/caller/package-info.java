/** Who asks, and what they may do. */
@NullMarked
package io.fanfare.edge.caller;

import org.jspecify.annotations.NullMarked;
