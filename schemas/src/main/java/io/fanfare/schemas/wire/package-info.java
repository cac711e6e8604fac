/** Avro in the Confluent wire format: what stands in the bytes, and the registry that explains them. */
@NullMarked
package io.fanfare.schemas.wire;

import org.jspecify.annotations.NullMarked;
