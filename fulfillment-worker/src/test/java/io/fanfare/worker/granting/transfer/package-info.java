@NullMarked
package io.fanfare.worker.granting.transfer;

import org.jspecify.annotations.NullMarked;
