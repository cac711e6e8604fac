/** The machine-readable description of the API. */
@NullMarked
package io.fanfare.play.docs;

import org.jspecify.annotations.NullMarked;
