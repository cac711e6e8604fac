/** Real parts for tests: a broker, and a registry that speaks the protocol. */
@NullMarked
package io.fanfare.streams.parts;

import org.jspecify.annotations.NullMarked;
