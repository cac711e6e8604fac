/** The outbox relay: Debezium's configuration as it is posted to any Connect cluster, and a Connect worker that runs it in this JVM. */
@NullMarked
package io.fanfare.connectors;

import org.jspecify.annotations.NullMarked;
