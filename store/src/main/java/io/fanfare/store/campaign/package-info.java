/** The campaigns of a tenant, revision by revision. */
@NullMarked
package io.fanfare.store.campaign;

import org.jspecify.annotations.NullMarked;
