/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.campaign;

import org.jspecify.annotations.NullMarked;
