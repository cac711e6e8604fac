@NullMarked
package io.fanfare.edge.outbound;

import org.jspecify.annotations.NullMarked;
