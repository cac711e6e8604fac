/** The examples do what they say. */
@NullMarked
package io.fanfare.examples;

import org.jspecify.annotations.NullMarked;
