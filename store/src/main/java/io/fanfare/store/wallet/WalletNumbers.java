package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import java.util.SortedMap;
import java.util.TreeMap;

/** How many commands a wallet was given: what a reader waits for who wants to see all of them applied. */
public final class WalletNumbers {

    private static final String STREAM_PREFIX = "wallet:";

    private final Database database;

    public WalletNumbers(Database database) {
        this.database = database;
    }

    /** The stream of {@code player_sequence} that numbers the commands of a wallet. */
    public static String stream(String scopeKey) {
        return STREAM_PREFIX + scopeKey;
    }

    /** The number of the wallet's latest command; 0 where there was none. */
    public long latest(TenantId tenant, String scopeKey, PlayerId player) {
        return database.jdbc()
                .sql("""
                        select last_number from player_sequence
                        where tenant_id = :tenant and player_id = :player and stream = :stream
                        """)
                .param("tenant", tenant.value())
                .param("player", player.value())
                .param("stream", stream(scopeKey))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    /** The same for each wallet of a player that was given any, by scope key; at most {@code limit} of them. */
    public SortedMap<String, Long> latestOfAll(TenantId tenant, PlayerId player, int limit) {
        SortedMap<String, Long> latest = new TreeMap<>();
        database.jdbc()
                .sql("""
                        select stream, last_number from player_sequence
                        where tenant_id = :tenant and player_id = :player and stream like :prefix
                        order by stream
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("player", player.value())
                .param("prefix", STREAM_PREFIX + "%")
                .param("limit", limit)
                .query(row -> {
                    latest.put(row.getString("stream").substring(STREAM_PREFIX.length()), row.getLong("last_number"));
                });
        return latest;
    }
}
