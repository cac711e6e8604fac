/** Where the platform may send requests to. */
@NullMarked
package io.fanfare.edge.outbound;

import org.jspecify.annotations.NullMarked;
