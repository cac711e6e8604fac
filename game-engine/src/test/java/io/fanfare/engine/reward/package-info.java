/** The life of a reward, tested. */
@NullMarked
package io.fanfare.engine.reward;

import org.jspecify.annotations.NullMarked;
