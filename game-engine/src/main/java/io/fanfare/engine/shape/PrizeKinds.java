package io.fanfare.engine.shape;

import io.fanfare.engine.config.Kind;
import io.fanfare.engine.prize.PrizeId;
import java.util.Optional;

/** How configurations name prizes. */
final class PrizeKinds {

    static final Kind<PrizeId> PRIZE = Kind.id().as(PrizeId::new);

    /** A prize, or an empty text for no win. */
    static final Kind<Optional<PrizeId>> PRIZE_OR_NONE = Kind.idOrEmpty().as(id -> id.map(PrizeId::new));

    private PrizeKinds() {}
}
