@NullMarked
package io.fanfare.play;

import org.jspecify.annotations.NullMarked;
