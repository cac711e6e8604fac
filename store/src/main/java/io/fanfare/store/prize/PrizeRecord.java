package io.fanfare.store.prize;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import java.time.Instant;

/**
 * A prize as kept.
 *
 * @param revision of the definition, from 1
 * @param updatedAt of the definition
 */
public record PrizeRecord(
        TenantId tenant,
        PrizeId id,
        long revision,
        PrizeDefinition definition,
        Stock stock,
        Instant createdAt,
        Instant updatedAt) {

    public PrizeRecord {
        requireNonNull(tenant, "tenant");
        requireNonNull(id, "id");
        requireNonNull(definition, "definition");
        requireNonNull(stock, "stock");
    }

    /** As the engine awards it. */
    public Prize prize() {
        return new Prize(
                id,
                tenant,
                definition.name(),
                definition.type(),
                definition.image(),
                definition.value(),
                definition.constraints(),
                definition.needsCode(),
                revision);
    }
}
