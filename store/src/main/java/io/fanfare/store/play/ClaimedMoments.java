package io.fanfare.store.play;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.store.Database;
import java.util.Map;

/** How many winning moments of each prize of a game were claimed, under all of its revisions. */
public final class ClaimedMoments {

    private final Database database;

    public ClaimedMoments(Database database) {
        this.database = database;
    }

    public Map<PrizeId, Long> of(TenantId tenant, GameId game) {
        return database
                .jdbc()
                .sql("""
                        select prize_id, claimed from moment_counter
                        where tenant_id = :tenant and game_id = :game and claimed > 0
                        """)
                .param("tenant", tenant.value())
                .param("game", game.value())
                .query((row, _) -> Map.entry(new PrizeId(row.getString("prize_id")), row.getLong("claimed")))
                .list()
                .stream()
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
