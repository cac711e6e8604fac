/** How something is measured on a platform: load that does not wait for answers, figures with their gates, and what the machine does. */
@NullMarked
package io.fanfare.bench.measure;

import org.jspecify.annotations.NullMarked;
