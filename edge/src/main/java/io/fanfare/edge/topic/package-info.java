/** Reading topics so that nothing is lost and nothing is given up that a retry can mend. */
@NullMarked
package io.fanfare.edge.topic;

import org.jspecify.annotations.NullMarked;
