/** Questions about the state of stream apps: found, forwarded and answered, whichever instance is asked. */
@NullMarked
package io.fanfare.streams.query;

import org.jspecify.annotations.NullMarked;
