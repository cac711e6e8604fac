/** What every HTTP service of the platform has in common, brought in by having this module on the classpath. */
@NullMarked
package io.fanfare.edge;

import org.jspecify.annotations.NullMarked;
