/** Building the state of an app anew from its topics, beside the one that is in use. */
@NullMarked
package io.fanfare.streams.rebuild;

import org.jspecify.annotations.NullMarked;
