package io.fanfare.play.relay;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.game.Games;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.leaderboard.Leaderboards;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.prize.Prizes;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Everything that the topic of definitions should hold, as the tables have it. */
record Definitions(
        Campaigns campaigns, Games games, Prizes prizes, Leaderboards leaderboards, Integrations integrations) {

    static Definitions of(Database database, Outbox outbox) {
        var ids = new Ids();
        Clock clock = Clock.systemUTC();
        return new Definitions(
                new Campaigns(database, outbox, ids, clock),
                new Games(database, outbox, ids, clock),
                new Prizes(database, outbox, ids, clock),
                new Leaderboards(database, outbox, ids, clock),
                new Integrations(database, outbox, ids, clock));
    }

    /** Prizes before the games that award them, as an operator would have made them. */
    List<OutboxEvent<?>> facts(TenantId tenant) {
        return Stream.of(
                        campaigns.facts(tenant),
                        prizes.facts(tenant),
                        games.facts(tenant),
                        games.milestoneFacts(tenant),
                        leaderboards.facts(tenant),
                        integrations.facts(tenant))
                .<OutboxEvent<?>>flatMap(List::stream)
                .toList();
    }
}
