@NullMarked
package io.fanfare.edge;

import org.jspecify.annotations.NullMarked;
