/** A receiver of webhooks for development: it shows what arrived, and can be told to fail. */
@NullMarked
package io.fanfare.worker.sink;

import org.jspecify.annotations.NullMarked;
