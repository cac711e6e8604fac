/** Configuration and input as neutral trees, read into records, every refusal naming its field. */
@NullMarked
package io.fanfare.engine.config;

import org.jspecify.annotations.NullMarked;
