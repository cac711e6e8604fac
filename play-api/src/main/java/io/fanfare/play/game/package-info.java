/** Games: what operators configure. */
@NullMarked
package io.fanfare.play.game;

import org.jspecify.annotations.NullMarked;
