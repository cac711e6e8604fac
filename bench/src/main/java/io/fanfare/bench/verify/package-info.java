/** Recomputes what must always hold from tables, topics and answers, sharing no code with what it checks but the schemas. */
@NullMarked
package io.fanfare.bench.verify;

import org.jspecify.annotations.NullMarked;
