@NullMarked
package io.fanfare.play.idempotency;

import org.jspecify.annotations.NullMarked;
