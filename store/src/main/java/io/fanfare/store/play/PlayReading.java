package io.fanfare.store.play;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.CommittedPlay.WalletNumber;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** What is read of sessions and plays outside a commit. */
final class PlayReading {

    private static final String COUNTED = """
            select game_id as subject, plays as ever, epoch_day, plays_of_day as of_day, plays_of_day_before as of_day_before
            from play_counter
            where tenant_id = :tenant and game_id in (:subjects) and player_id = :player
            """;

    private final Database database;

    PlayReading(Database database) {
        this.database = database;
    }

    Optional<Session> session(TenantId tenant, SessionId id) {
        return database.jdbc()
                .sql("select * from session where tenant_id = :tenant and session_id = :session")
                .param("tenant", tenant.value())
                .param("session", id.value())
                .query(PlayReading::readSession)
                .optional();
    }

    PlayCounts counts(TenantId tenant, GameId game, PlayerId player, Instant now) {
        return counted(tenant, player, List.of(game.value()), now).of(game.value());
    }

    /** In one question, whatever the game asks for. */
    Allowance allowance(Game game, PlayerId player, Instant now) {
        CampaignId campaign = game.campaign();
        if (campaign == null) {
            return Allowance.of(counts(game.tenant(), game.id(), player, now));
        }
        String ofCampaign = CounterKey.subject(campaign);
        List<String> subjects = List.of(game.id().value(), ofCampaign);
        Counts counts = game.rules().useTurns()
                ? countedWithTurns(game.tenant(), player, subjects, campaign, now)
                : counted(game.tenant(), player, subjects, now);
        return new Allowance(counts.of(game.id().value()), counts.of(ofCampaign), counts.turns());
    }

    /** What a player has used up, by game or campaign, and the turns that are left. */
    private record Counts(Map<String, PlayCounts> plays, long turns) {

        PlayCounts of(String subject) {
            return plays.getOrDefault(subject, PlayCounts.NONE);
        }
    }

    private Counts counted(TenantId tenant, PlayerId player, List<String> subjects, Instant now) {
        return read(database.jdbc().sql(COUNTED), tenant, player, subjects, now);
    }

    private Counts countedWithTurns(
            TenantId tenant, PlayerId player, List<String> subjects, CampaignId campaign, Instant now) {
        StatementSpec question = database.jdbc().sql(COUNTED + """
                        union all
                        select '', balance, 0, 0, 0 from turn_balance
                        where tenant_id = :tenant and campaign_id = :campaign and player_id = :player
                        """).param("campaign", campaign.value());
        return read(question, tenant, player, subjects, now);
    }

    private static Counts read(
            StatementSpec question, TenantId tenant, PlayerId player, List<String> subjects, Instant now) {
        var plays = new HashMap<String, PlayCounts>();
        var turns = new AtomicLong();
        question.param("tenant", tenant.value())
                .param("subjects", subjects)
                .param("player", player.value())
                .query(row -> {
                    String subject = row.getString("subject");
                    if (subject.isEmpty()) {
                        turns.set(row.getLong("ever"));
                    } else {
                        plays.put(subject, KeyRows.count(row).asOf(CounterKey.epochDay(now)));
                    }
                });
        return new Counts(plays, turns.get());
    }

    List<CommittedPlay> history(TenantId tenant, GameId game, PlayerId player, @Nullable PlayId before, int limit) {
        record Row(
                PlayId id,
                long revision,
                long sequence,
                String input,
                String metadata,
                @Nullable Long score,
                String unavailable,
                @Nullable WalletNumber walletNumber,
                Instant occurredAt) {}
        List<Row> plays = database.jdbc()
                .sql("""
                        select * from play
                        where tenant_id = :tenant and game_id = :game and player_id = :player
                            and (cast(:before as char) is null or sequence < (
                                select sequence from play
                                where tenant_id = :tenant and play_id = :before and player_id = :player))
                        order by sequence desc
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("game", game.value())
                .param("player", player.value())
                .param("before", before == null ? null : before.value())
                .param("limit", limit)
                .query((row, _) -> new Row(
                        new PlayId(row.getString("play_id")),
                        row.getLong("game_revision"),
                        row.getLong("sequence"),
                        row.getString("input"),
                        row.getString("metadata"),
                        row.getObject("score", Long.class),
                        row.getString("unavailable"),
                        readWalletNumber(row),
                        UtcTimes.instant(row.getObject("occurred_at", LocalDateTime.class))))
                .list();
        Map<PlayId, List<GrantedReward>> rewards =
                rewards(tenant, plays.stream().map(Row::id).toList());
        return plays.stream()
                .map(row -> new CommittedPlay(
                        row.id(),
                        game,
                        row.revision(),
                        player,
                        row.sequence(),
                        PlayJson.readDocument(row.input()),
                        PlayJson.readDocument(row.metadata()),
                        row.score(),
                        rewards.getOrDefault(row.id(), List.of()),
                        PlayJson.readUnavailable(row.unavailable()),
                        row.walletNumber(),
                        row.occurredAt()))
                .toList();
    }

    private Map<PlayId, List<GrantedReward>> rewards(TenantId tenant, List<PlayId> plays) {
        if (plays.isEmpty()) {
            return Map.of();
        }
        record OfPlay(PlayId play, GrantedReward reward) {}
        return database
                .jdbc()
                .sql("""
                        select * from reward
                        where tenant_id = :tenant and play_id in (:plays)
                        order by play_id, ordinal
                        """)
                .param("tenant", tenant.value())
                .param("plays", plays.stream().map(PlayId::value).toList())
                .query((row, _) -> new OfPlay(new PlayId(row.getString("play_id")), readReward(row)))
                .list()
                .stream()
                .collect(groupingBy(OfPlay::play, mapping(OfPlay::reward, toList())));
    }

    private static Session readSession(ResultSet row, int number) throws SQLException {
        return new Session(
                new SessionId(row.getString("session_id")),
                new TenantId(row.getString("tenant_id")),
                new GameId(row.getString("game_id")),
                row.getLong("game_revision"),
                new PlayerId(row.getString("player_id")),
                PlayJson.readDocument(row.getString("seed")),
                new ServerSeed(row.getString("server_seed")),
                UtcTimes.instant(row.getObject("started_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("expires_at", LocalDateTime.class)),
                UtcTimes.instantOrNull(row.getObject("consumed_at", LocalDateTime.class)),
                row.getString("client_seed"));
    }

    private static GrantedReward readReward(ResultSet row) throws SQLException {
        return new GrantedReward(
                new RewardId(row.getString("reward_id")),
                new PrizeId(row.getString("prize_id")),
                row.getString("name"),
                row.getString("image"),
                PrizeType.named(row.getString("type")).orElseThrow(),
                row.getLong("quantity"),
                row.getLong("value"),
                row.getString("code"));
    }

    private static @Nullable WalletNumber readWalletNumber(ResultSet row) throws SQLException {
        String scopeKey = row.getString("wallet_scope_key");
        return scopeKey == null ? null : new WalletNumber(scopeKey, row.getLong("wallet_number"));
    }
}
