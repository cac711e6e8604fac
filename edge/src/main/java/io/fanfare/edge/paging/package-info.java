/** Lists, one page at a time. */
@NullMarked
package io.fanfare.edge.paging;

import org.jspecify.annotations.NullMarked;
