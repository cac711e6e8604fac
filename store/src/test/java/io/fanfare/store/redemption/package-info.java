@NullMarked
package io.fanfare.store.redemption;

import org.jspecify.annotations.NullMarked;
