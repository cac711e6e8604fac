/** Who plays, and where: tenants, merchants, campaigns, players. */
@NullMarked
package io.fanfare.engine.identity;

import org.jspecify.annotations.NullMarked;
