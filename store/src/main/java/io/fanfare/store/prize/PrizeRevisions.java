package io.fanfare.store.prize;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What prizes were at any time: each revision is kept, and never changed. */
public final class PrizeRevisions {

    private final Database database;

    public PrizeRevisions(Database database) {
        this.database = database;
    }

    /**
     * The prizes among these as they were configured then. Of one that was younger, or whose past was not kept yet, the oldest
     * revision that is known. A play reads its prizes some milliseconds after the time that it bears, so one that meets a change
     * of its prize may have been decided under the next revision.
     */
    public Map<PrizeId, Prize> inForce(TenantId tenant, Collection<PrizeId> prizes, Instant at) {
        if (prizes.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql("""
                        select r.*
                        from prize_revision r
                        where r.tenant_id = :tenant and r.prize_id in (:prizes)
                            and r.revision = coalesce(
                                (select max(b.revision) from prize_revision b
                                    where b.tenant_id = r.tenant_id and b.prize_id = r.prize_id and b.effective_at <= :at),
                                (select min(o.revision) from prize_revision o
                                    where o.tenant_id = r.tenant_id and o.prize_id = r.prize_id))
                        """)
                .param("tenant", tenant.value())
                .param("prizes", prizes.stream().map(PrizeId::value).distinct().toList())
                .param("at", UtcTimes.column(at))
                .query(PrizeRevisions::read)
                .list()
                .stream()
                .collect(Collectors.toMap(Prize::id, Function.identity()));
    }

    /** In the transaction that makes it the newest one. */
    void keep(PrizeRecord prize) {
        database.requireTransaction("a revision of prize %s was kept".formatted(prize.id()));
        PrizeDefinition definition = prize.definition();
        database.jdbc()
                .sql("""
                        insert into prize_revision (tenant_id, prize_id, revision, name, type, image, value, max_per_user,
                            max_per_day, needs_code, fulfillment, metadata, effective_at)
                        values (:tenant, :prize, :revision, :name, :type, :image, :value, :max_per_user,
                            :max_per_day, :needs_code, :fulfillment, :metadata, :effective_at)
                        """)
                .param("tenant", prize.tenant().value())
                .param("prize", prize.id().value())
                .param("revision", prize.revision())
                .param("name", definition.name())
                .param("type", definition.type().wireName())
                .param("image", definition.image())
                .param("value", definition.value())
                .param("max_per_user", definition.constraints().maxPerUser())
                .param("max_per_day", definition.constraints().maxPerDay())
                .param("needs_code", definition.needsCode())
                .param("fulfillment", definition.fulfillment())
                .param("metadata", definition.metadata())
                .param("effective_at", UtcTimes.column(prize.updatedAt()))
                .update();
    }

    private static Prize read(ResultSet row, int number) throws SQLException {
        return new Prize(
                new PrizeId(row.getString("prize_id")),
                new TenantId(row.getString("tenant_id")),
                row.getString("name"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getString("image"),
                row.getLong("value"),
                new AwardConstraints(row.getInt("max_per_user"), row.getInt("max_per_day")),
                row.getBoolean("needs_code"),
                row.getLong("revision"));
    }
}
