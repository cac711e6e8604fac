/** What developers look at while they try the platform; absent in production. */
@NullMarked
package io.fanfare.streams.dev;

import org.jspecify.annotations.NullMarked;
