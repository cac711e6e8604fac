/** The service that tells the outside world: deliveries and integrations. */
@NullMarked
package io.fanfare.worker;

import org.jspecify.annotations.NullMarked;
