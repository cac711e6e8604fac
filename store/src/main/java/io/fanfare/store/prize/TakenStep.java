package io.fanfare.store.prize;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What was done with a reward once it was won; never changed.
 *
 * @param number from 1, without gaps
 * @param step claim, fulfil, revoke or expire
 * @param actor a player's id, an operator's name, or that of a part of the platform
 * @param reason for people; null where none was given
 * @param traceparent of the request; null where none
 */
public record TakenStep(
        int number,
        String step,
        String actor,
        @Nullable String reason,
        @Nullable String traceparent,
        Instant at) {}
