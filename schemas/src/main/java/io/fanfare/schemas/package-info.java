/** The topics of the platform and the records that flow on them. */
@NullMarked
package io.fanfare.schemas;

import org.jspecify.annotations.NullMarked;
