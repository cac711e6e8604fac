package io.fanfare.store.prize;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import org.springframework.dao.DuplicateKeyException;

/** What differs between the databases where codes are imported. */
final class CodePools {

    private static final int ROWS_AT_ONCE = 1_000;
    private static final int MAX_TRIES = 5;

    private CodePools() {}

    /** Adds codes in their order, passing over those that are there, and says how many were new. Inside a transaction. */
    static int insert(Database database, TenantId tenant, PrizeId prize, List<String> codes, Instant now) {
        return switch (database.dialect()) {
            case POSTGRESQL -> insertOrIgnore(database, tenant, prize, codes, now);
            case MARIADB -> {
                List<String> distinct = List.copyOf(new LinkedHashSet<>(codes));
                int added = 0;
                for (int from = 0; from < distinct.size(); from += ROWS_AT_ONCE) {
                    List<String> some = distinct.subList(from, Math.min(distinct.size(), from + ROWS_AT_ONCE));
                    added += insertMissing(database, tenant, prize, some, now);
                }
                yield added;
            }
        };
    }

    private static int insertOrIgnore(
            Database database, TenantId tenant, PrizeId prize, List<String> codes, Instant now) {
        return database.jdbc()
                .sql("""
                        insert into prize_code (tenant_id, prize_id, code, created_at)
                        select :tenant, :prize, code, :now
                        from unnest(:codes) with ordinality as given (code, n)
                        order by n
                        on conflict (tenant_id, prize_id, code) do nothing
                        """)
                .param("tenant", tenant.value())
                .param("prize", prize.value())
                .param("now", UtcTimes.column(now))
                .param("codes", Database.texts(codes))
                .update();
    }

    /** An insert that ignores what is there ignores every other fault too on MariaDB; so it is given what is missing only. */
    private static int insertMissing(
            Database database, TenantId tenant, PrizeId prize, List<String> codes, Instant now) {
        LocalDateTime created = UtcTimes.column(now);
        for (int tries = 1; ; tries++) {
            SequencedSet<String> missing = missing(database, tenant, prize, codes);
            if (missing.isEmpty()) {
                return 0;
            }
            try {
                return database.jdbc()
                        .sql("insert into prize_code (tenant_id, prize_id, code, created_at) values :rows")
                        .param(
                                "rows",
                                missing.stream()
                                        .map(code -> new Object[] {tenant.value(), prize.value(), code, created})
                                        .toList())
                        .update();
            } catch (DuplicateKeyException meanwhile) {
                if (tries == MAX_TRIES) {
                    throw meanwhile;
                }
            }
        }
    }

    private static SequencedSet<String> missing(Database database, TenantId tenant, PrizeId prize, List<String> codes) {
        var missing = new LinkedHashSet<>(codes);
        database.jdbc()
                .sql("""
                        select code from prize_code
                        where tenant_id = :tenant and prize_id = :prize and code in (:codes)
                        """)
                .param("tenant", tenant.value())
                .param("prize", prize.value())
                .param("codes", codes)
                .query((row, _) -> row.getString("code"))
                .list()
                .forEach(missing::remove);
        return missing;
    }
}
