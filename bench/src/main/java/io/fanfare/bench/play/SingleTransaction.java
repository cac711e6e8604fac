package io.fanfare.bench.play;

import static java.util.Objects.requireNonNull;

import com.zaxxer.hikari.HikariDataSource;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.identity.Ids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The reference: the best that one transaction for each play can do. One call, prepared, of a function in the database that writes
 * what the ledger writes, with the row that everybody wants last, so that it is locked for as short as can be.
 */
final class SingleTransaction implements Contender {

    private static final int POOL = 16;

    private static final String FUNCTION = """
            create or replace function bench_play(p_tenant varchar, p_session varchar, p_player varchar, p_game varchar,
                p_revision bigint, p_play varchar, p_input text, p_client_seed varchar, p_draws bigint, p_drawn text,
                p_metadata text, p_reward varchar, p_prize varchar, p_name varchar, p_type varchar, p_value bigint,
                p_at timestamp, p_day int, p_event uuid, p_topic varchar, p_record varchar, p_payload bytea, p_ce_time varchar)
            returns bigint language plpgsql as $$
            declare
                consumed timestamp;
                number bigint;
            begin
                select consumed_at into strict consumed from session
                where tenant_id = p_tenant and session_id = p_session for update;
                if consumed is not null then
                    raise exception 'session % was played already', p_session;
                end if;
                insert into play_counter as c
                    (tenant_id, game_id, player_id, plays, epoch_day, plays_of_day, plays_of_day_before)
                values (p_tenant, p_game, p_player, 1, p_day, 1, 0)
                on conflict (tenant_id, game_id, player_id) do update
                set plays = c.plays + 1, epoch_day = p_day,
                    plays_of_day = case when c.epoch_day = p_day then c.plays_of_day + 1 else 1 end,
                    plays_of_day_before = case c.epoch_day
                        when p_day then c.plays_of_day_before when p_day - 1 then c.plays_of_day else 0 end;
                insert into award_counter as c
                    (tenant_id, prize_id, player_id, units, epoch_day, units_of_day, units_of_day_before)
                values (p_tenant, p_prize, p_player, 1, p_day, 1, 0)
                on conflict (tenant_id, prize_id, player_id) do update
                set units = c.units + 1, epoch_day = p_day,
                    units_of_day = case when c.epoch_day = p_day then c.units_of_day + 1 else 1 end,
                    units_of_day_before = case c.epoch_day
                        when p_day then c.units_of_day_before when p_day - 1 then c.units_of_day else 0 end;
                insert into player_sequence as s (tenant_id, player_id, stream, last_number)
                values (p_tenant, p_player, 'plays', 1)
                on conflict (tenant_id, player_id, stream) do update set last_number = s.last_number + 1
                returning last_number into number;
                update session set consumed_at = p_at, client_seed = p_client_seed
                where tenant_id = p_tenant and session_id = p_session;
                insert into play (tenant_id, play_id, game_id, game_revision, player_id, session_id, sequence, input,
                    client_seed, draws_used, drawn, metadata, unavailable, occurred_at)
                values (p_tenant, p_play, p_game, p_revision, p_player, p_session, number, p_input, p_client_seed, p_draws,
                    p_drawn, p_metadata, '[]', p_at);
                insert into reward (tenant_id, reward_id, player_id, prize_id, game_id, play_id, ordinal, name, type,
                    quantity, value, status, created_at)
                values (p_tenant, p_reward, p_player, p_prize, p_game, p_play, 0, p_name, p_type, 1, p_value, 'won', p_at);
                insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                values (p_event, p_topic, p_tenant || '/' || p_player, p_record, p_payload, p_tenant, p_at, p_ce_time);
                update prize_stock set remaining = remaining - 1
                where tenant_id = p_tenant and prize_id = p_prize and remaining > 0;
                if not found then
                    raise exception 'prize % is out of stock', p_prize;
                end if;
                return number;
            end $$
            """;

    private final HikariDataSource pool;
    private final Ids ids = new Ids();
    private final Serializer<PlayCompleted> serializer;

    SingleTransaction(Connections connections) throws SQLException {
        this.pool = connections.pool(POOL);
        this.serializer = Topics.PLAYS.valueSerde(new InMemoryRegistry()).serializer();
        // Prepared on the server with the first use of each connection.
        pool.addDataSourceProperty("prepareThreshold", "1");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(FUNCTION);
        }
    }

    @Override
    public Commit prepared(DecidedPlay play) {
        return () -> {
            // Like ours it encodes the event when it commits.
            Award award = play.awards().getFirst();
            String rewardId = ids.reward().value();
            byte[] payload = serializer.serialize(Topics.PLAYS.name(), completed(play, award, rewardId));
            try (Connection connection = pool.getConnection();
                    PreparedStatement call = connection.prepareStatement(
                            "select bench_play(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")) {
                bind(call, play, award, rewardId, requireNonNull(payload));
                try (ResultSet row = call.executeQuery()) {
                    row.next();
                }
            }
        };
    }

    private static void bind(PreparedStatement call, DecidedPlay play, Award award, String rewardId, byte[] payload)
            throws SQLException {
        Instant at = play.occurredAt();
        LocalDateTime time = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        String prize = award.prize().id().value();
        call.setString(1, play.game().tenant().value());
        call.setString(2, play.session().id().value());
        call.setString(3, play.session().player().value());
        call.setString(4, play.game().id().value());
        call.setLong(5, play.game().revision());
        call.setString(6, play.id().value());
        call.setString(7, "{}");
        call.setString(8, play.clientSeed());
        call.setLong(9, play.drawsUsed());
        call.setString(10, "[{\"prize_id\":\"%s\",\"quantity\":1}]".formatted(prize));
        call.setString(
                11, "{\"slot_index\":%s}".formatted(play.metadata().values().get("slot_index")));
        call.setString(12, rewardId);
        call.setString(13, prize);
        call.setString(14, award.prize().name());
        call.setString(15, award.prize().type().wireName());
        call.setLong(16, award.prize().value());
        call.setObject(17, time);
        call.setInt(18, (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay());
        call.setObject(19, UUID.randomUUID());
        call.setString(20, Topics.PLAYS.name());
        call.setString(21, PlayCompleted.getClassSchema().getName());
        call.setBytes(22, payload);
        call.setString(23, at.toString());
    }

    /** As large as the real one; its number is only known in the database. */
    private static PlayCompleted completed(DecidedPlay play, Award award, String rewardId) {
        return PlayCompleted.newBuilder()
                .setPlayId(play.id().value())
                .setTenantId(play.game().tenant().value())
                .setGameId(play.game().id().value())
                .setGameRevision(play.game().revision())
                .setPlayerId(play.session().player().value())
                .setSequence(1)
                .setStartedAt(play.session().startedAt())
                .setOccurredAt(play.occurredAt())
                .setWon(true)
                .setScore(null)
                .setRewards(List.of(new PlayReward(
                        rewardId,
                        award.prize().id().value(),
                        award.prize().type().wireName(),
                        award.quantity(),
                        award.prize().value(),
                        null)))
                .build();
    }

    @Override
    public void close() {
        pool.close();
    }
}
