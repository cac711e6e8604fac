/** Outbound integrations of a tenant, and the deliveries that each of them is owed. */
@NullMarked
package io.fanfare.store.integration;

import org.jspecify.annotations.NullMarked;
