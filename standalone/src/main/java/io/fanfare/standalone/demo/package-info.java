/** The demo tenant that a first start fills in, through the same routes that everybody uses. */
@NullMarked
package io.fanfare.standalone.demo;

import org.jspecify.annotations.NullMarked;
