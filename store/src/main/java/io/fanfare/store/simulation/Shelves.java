package io.fanfare.store.simulation;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.Database;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What is left of prizes right now, without touching it. */
public final class Shelves {

    private final Database database;

    /**
     * @param stock units left; a prize that is missing is unlimited
     * @param codes free codes; a prize that is missing needs none
     */
    public record Shelf(Map<PrizeId, Long> stock, Map<PrizeId, Long> codes) {
        public Shelf {
            stock = Map.copyOf(stock);
            codes = Map.copyOf(codes);
        }
    }

    public Shelves(Database database) {
        this.database = database;
    }

    /** Of the tenant's prizes among these. */
    public Shelf shelf(TenantId tenant, Collection<PrizeId> prizes) {
        var stock = new HashMap<PrizeId, Long>();
        var codes = new HashMap<PrizeId, Long>();
        if (!prizes.isEmpty()) {
            database.jdbc()
                    .sql("""
                            select p.prize_id, p.needs_code, s.remaining,
                                (select count(*) from prize_code c where c.tenant_id = p.tenant_id
                                    and c.prize_id = p.prize_id and c.reward_id is null) as free_codes
                            from prize p
                            join prize_stock s on s.tenant_id = p.tenant_id and s.prize_id = p.prize_id
                            where p.tenant_id = :tenant and p.prize_id in (:prizes)
                            """)
                    .param("tenant", tenant.value())
                    .param(
                            "prizes",
                            prizes.stream().map(PrizeId::value).distinct().toList())
                    .query(row -> {
                        var prize = new PrizeId(row.getString("prize_id"));
                        long remaining = row.getLong("remaining");
                        if (!row.wasNull()) {
                            stock.put(prize, remaining);
                        }
                        if (row.getBoolean("needs_code")) {
                            codes.put(prize, row.getLong("free_codes"));
                        }
                    });
        }
        return new Shelf(stock, codes);
    }
}
