/** Tests; see the package of the same name. */
@NullMarked
package io.fanfare.store.wallet;

import org.jspecify.annotations.NullMarked;
