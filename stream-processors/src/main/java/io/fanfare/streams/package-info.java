/** The stream processors as one Spring Boot application. */
@NullMarked
package io.fanfare.streams;

import org.jspecify.annotations.NullMarked;
