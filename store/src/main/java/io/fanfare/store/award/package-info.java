/** What players got that can be had once. */
@NullMarked
package io.fanfare.store.award;

import org.jspecify.annotations.NullMarked;
