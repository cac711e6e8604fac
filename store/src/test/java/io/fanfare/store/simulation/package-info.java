/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.simulation;

import org.jspecify.annotations.NullMarked;
