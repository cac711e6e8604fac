/** The whole platform in one process on real parts: PostgreSQL, a KRaft broker, a schema registry, Connect and the services. */
@NullMarked
package io.fanfare.standalone;

import org.jspecify.annotations.NullMarked;
