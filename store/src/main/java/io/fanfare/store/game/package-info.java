/** The games of a tenant, revision by revision. */
@NullMarked
package io.fanfare.store.game;

import org.jspecify.annotations.NullMarked;
