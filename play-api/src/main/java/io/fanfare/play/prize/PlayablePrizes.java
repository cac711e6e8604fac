package io.fanfare.play.prize;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.github.benmanes.caffeine.cache.Cache;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.game.DefinitionSettings;
import io.fanfare.store.prize.Prizes;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Prizes as games award them, without their stock. */
@Component
public final class PlayablePrizes {

    private final Prizes prizes;
    private final Cache<PrizeKey, Prize> known;

    PlayablePrizes(Prizes prizes, DefinitionSettings settings) {
        this.prizes = prizes;
        this.known = settings.cache();
    }

    private record PrizeKey(TenantId tenant, PrizeId prize) {}

    /** Those of the given prizes that the tenant has, as they were at most {@link DefinitionSettings#maxAge()} ago. */
    public Map<PrizeId, Prize> findAll(TenantId tenant, Collection<PrizeId> ids) {
        Set<PrizeKey> keys = new HashSet<>();
        ids.forEach(id -> keys.add(new PrizeKey(tenant, id)));
        return known.getAll(keys, missing -> read(tenant, missing)).values().stream()
                .collect(toUnmodifiableMap(Prize::id, prize -> prize));
    }

    /** The prize was configured anew, here: from now on it is awarded as it is now. */
    void forget(TenantId tenant, PrizeId id) {
        known.invalidate(new PrizeKey(tenant, id));
    }

    private Map<PrizeKey, Prize> read(TenantId tenant, Set<? extends PrizeKey> missing) {
        return prizes.findAll(tenant, missing.stream().map(PrizeKey::prize).toList()).values().stream()
                .collect(toUnmodifiableMap(prize -> new PrizeKey(tenant, prize.id()), prize -> prize));
    }
}
