/** Tests of the development clock. */
@NullMarked
package io.fanfare.edge.clock;

import org.jspecify.annotations.NullMarked;
