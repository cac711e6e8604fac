package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import io.fanfare.bench.verify.Snapshot.Sagas;
import io.fanfare.bench.verify.Snapshot.Terms;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/** The system of record, over plain JDBC. */
final class Tables {

    private final Target target;

    Tables(Target target) {
        this.target = target;
    }

    /**
     * Everything that the checks look at, in one repeatable-read transaction. What changes fastest is read while its locks
     * do least harm: the outbox comes last, since dropping one of its partitions waits for its readers.
     */
    Snapshot snapshot() throws SQLException {
        try (Connection connection = connect()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            Instant takenAt = Rows.list(
                            connection,
                            "select clock_timestamp() at time zone 'utc' as at",
                            row -> requireNonNull(Rows.instant(row, "at")))
                    .getFirst();
            Terms terms = PlayTables.terms(connection);
            Sagas sagas = SagaTables.sagas(connection);
            var snapshot = new Snapshot(
                    takenAt,
                    PlayTables.plays(connection),
                    PlayTables.sessions(connection),
                    RewardTables.rewards(connection),
                    RewardTables.answers(connection),
                    WalletTables.lastNumbers(connection),
                    PlayTables.games(connection),
                    PlayTables.counters(connection, "play_counter", "game_id", "plays"),
                    PlayTables.counters(connection, "award_counter", "prize_id", "units"),
                    RewardTables.prizes(connection),
                    RewardTables.prizeRules(connection),
                    RewardTables.movements(connection),
                    RewardTables.codes(connection),
                    WalletTables.commands(connection),
                    OutboxTables.definitions(connection),
                    OutboxTables.outbox(connection),
                    terms,
                    sagas);
            connection.rollback();
            return snapshot;
        }
    }

    /** Those of the given plays that are there now. */
    Set<Ref> playsAmong(Collection<Ref> plays) throws SQLException {
        return among(
                "select tenant_id, play_id from play where (tenant_id, play_id) in (select * from unnest(?, ?))",
                plays);
    }

    /** Those of the given commands that are there now, by command id. */
    Set<Ref> commandsAmong(Collection<Ref> commands) throws SQLException {
        return among("""
                select tenant_id, command_id::text from wallet_command
                where (tenant_id, command_id) in (select t, c::uuid from unnest(?, ?) as given (t, c))
                """, commands);
    }

    /** What has become of a snapshot. */
    Later later(Snapshot snapshot) throws SQLException {
        try (Connection connection = connect()) {
            return new Later(
                    UnderWay.in(snapshot).and(SagaTables.underWay(connection)), SagaTables.awarded(connection));
        }
    }

    /** Writes a row that tells nobody anything, to be found again behind all that was committed before it. */
    void write(UUID marker, String topic) throws SQLException {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        select ?, ?, 'verify', 'VerifyMarker', ''::bytea, '', t, to_char(t, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
                        from (select (now() at time zone 'utc')::timestamp(3) as t) as moment
                        """)) {
            insert.setObject(1, marker);
            insert.setString(2, topic);
            insert.executeUpdate();
        }
    }

    private Set<Ref> among(String sql, Collection<Ref> wanted) throws SQLException {
        var found = new HashSet<Ref>();
        if (wanted.isEmpty()) {
            return found;
        }
        try (Connection connection = connect();
                PreparedStatement select = connection.prepareStatement(sql)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", wanted.stream().map(Ref::tenant).toArray()));
            select.setArray(
                    2,
                    connection.createArrayOf(
                            "text", wanted.stream().map(Ref::id).toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.add(new Ref(row.getString(1), row.getString(2)));
                }
            }
        }
        return found;
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(target.jdbcUrl(), target.user(), target.password());
    }
}
