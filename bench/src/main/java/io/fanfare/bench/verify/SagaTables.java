package io.fanfare.bench.verify;

import static java.util.Objects.requireNonNull;

import io.fanfare.bench.verify.Later.Award;
import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.Sagas;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What takes more than one transaction: redemptions, what they reserve, and transfers. */
final class SagaTables {

    private SagaTables() {}

    static Sagas sagas(Connection connection) throws SQLException {
        return new Sagas(redemptions(connection), awards(connection), transfers(connection));
    }

    /** What is under way now. */
    static UnderWay underWay(Connection connection) throws SQLException {
        return new UnderWay(
                new HashSet<>(Rows.list(
                        connection,
                        "select tenant_id, redemption_id from redemption where status = 'pending'",
                        row -> Rows.ref(row, "redemption_id"))),
                new HashSet<>(Rows.list(
                        connection,
                        "select tenant_id, command_id from wallet_command where outcome = 'awaited'",
                        row -> Rows.ref(row, "command_id"))),
                new HashSet<>(Rows.list(
                        connection,
                        "select tenant_id, transfer_id from wallet_transfer where status in ('pending', 'sent', 'returning')",
                        row -> Rows.ref(row, "transfer_id"))));
    }

    static Set<Award> awarded(Connection connection) throws SQLException {
        return new HashSet<>(Rows.list(
                connection,
                "select tenant_id, player_id, cause_key from award",
                row -> new Award(Rows.ref(row, "player_id"), row.getString("cause_key"))));
    }

    private static List<RedemptionRow> redemptions(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, redemption_id, player_id, prize_id, reward_id, code, is_unit_taken, requested_at, scope_key,
                    wallet_number, credit_number, award_id, status, refusal, idempotency_key
                from redemption
                """,
                row -> new RedemptionRow(
                        new Reservation(
                                Rows.ref(row, "redemption_id"),
                                Rows.ref(row, "player_id"),
                                row.getString("prize_id"),
                                Rows.ref(row, "reward_id"),
                                row.getString("code"),
                                row.getBoolean("is_unit_taken"),
                                requireNonNull(Rows.instant(row, "requested_at"))),
                        new Wallet(row.getString("tenant_id"), row.getString("scope_key"), row.getString("player_id")),
                        row.getLong("wallet_number"),
                        row.getObject("credit_number", Long.class),
                        row.getString("award_id"),
                        row.getString("status"),
                        row.getString("refusal"),
                        row.getString("idempotency_key")));
    }

    private static List<AwardRow> awards(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "select tenant_id, award_id, player_id, cause_key, status, redemption_id, reward_id from award",
                row -> new AwardRow(
                        Rows.ref(row, "award_id"),
                        Rows.ref(row, "player_id"),
                        row.getString("cause_key"),
                        row.getString("status"),
                        row.getString("redemption_id"),
                        row.getString("reward_id")));
    }

    private static List<TransferRow> transfers(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, transfer_id, from_player_id, to_player_id, currency, amount, status, reverses, updated_at
                from wallet_transfer
                """,
                row -> new TransferRow(
                        Rows.ref(row, "transfer_id"),
                        Rows.ref(row, "from_player_id"),
                        Rows.ref(row, "to_player_id"),
                        row.getString("currency"),
                        row.getLong("amount"),
                        row.getString("status"),
                        row.getString("reverses"),
                        requireNonNull(Rows.instant(row, "updated_at"))));
    }
}
