/** What every reader of topics in the worker needs. */
@NullMarked
package io.fanfare.worker.intake;

import org.jspecify.annotations.NullMarked;
