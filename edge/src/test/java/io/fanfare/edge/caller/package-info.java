@NullMarked
package io.fanfare.edge.caller;

import org.jspecify.annotations.NullMarked;
