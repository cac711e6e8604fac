package io.fanfare.bench.verify;

import java.util.Set;

/**
 * What the tables know when all that was told of a snapshot has been read.
 *
 * @param still what was under way in the snapshot and is so now
 * @param awards everything that can be had once and was decided, or is about to be
 */
record Later(UnderWay still, Set<Award> awards) {

    Later {
        awards = Set.copyOf(awards);
    }

    /** @param subject what it is for: {@code scope/game/milestone} */
    record Award(Ref player, String subject) {}
}
