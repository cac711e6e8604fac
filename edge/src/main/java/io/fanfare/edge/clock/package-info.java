/** The platform's time, which in development mode can be moved. */
@NullMarked
package io.fanfare.edge.clock;

import org.jspecify.annotations.NullMarked;
