/** What every answer looks like, good or bad. */
@NullMarked
package io.fanfare.edge.answer;

import org.jspecify.annotations.NullMarked;
