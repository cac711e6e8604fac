@NullMarked
package io.fanfare.edge.error;

import org.jspecify.annotations.NullMarked;
