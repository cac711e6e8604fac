/** What the parts of a game can be configured with, as JSON Schema. */
@NullMarked
package io.fanfare.play.schema;

import org.jspecify.annotations.NullMarked;
