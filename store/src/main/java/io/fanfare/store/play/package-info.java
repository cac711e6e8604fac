/** Sessions and plays: where a decided play becomes a fact. */
@NullMarked
package io.fanfare.store.play;

import org.jspecify.annotations.NullMarked;
