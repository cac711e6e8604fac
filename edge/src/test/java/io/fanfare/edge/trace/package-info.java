@NullMarked
package io.fanfare.edge.trace;

import org.jspecify.annotations.NullMarked;
