/** Events of the platform, fanned out to the integrations that subscribe to them, and delivered. */
@NullMarked
package io.fanfare.worker.integration;

import org.jspecify.annotations.NullMarked;
