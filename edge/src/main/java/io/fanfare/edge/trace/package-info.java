/** Which request something belongs to, across services. */
@NullMarked
package io.fanfare.edge.trace;

import org.jspecify.annotations.NullMarked;
