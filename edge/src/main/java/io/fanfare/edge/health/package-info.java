/** Whether a service lives, and whether it can serve. */
@NullMarked
package io.fanfare.edge.health;

import org.jspecify.annotations.NullMarked;
