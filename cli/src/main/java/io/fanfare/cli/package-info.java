/** Commands for people who work on a running platform. */
@NullMarked
package io.fanfare.cli;

import org.jspecify.annotations.NullMarked;
