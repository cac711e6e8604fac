/** Quests: what players may do besides playing. */
@NullMarked
package io.fanfare.engine.quest;

import org.jspecify.annotations.NullMarked;
