/** What must be published, how far its relay is, and how long it is kept. */
@NullMarked
package io.fanfare.store.outbox;

import org.jspecify.annotations.NullMarked;
