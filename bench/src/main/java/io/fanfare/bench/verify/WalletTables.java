package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.LastNumber;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Numbers that were given out, and the commands of wallets. */
final class WalletTables {

    private WalletTables() {}

    static List<LastNumber> lastNumbers(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "select tenant_id, player_id, stream, last_number from player_sequence",
                row -> new LastNumber(Rows.ref(row, "player_id"), row.getString("stream"), row.getLong("last_number")));
    }

    static List<CommandRow> commands(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                """
                select tenant_id, scope_key, player_id, number, command_id, payload, outcome, refusal from wallet_command
                """,
                row -> new CommandRow(
                        new Wallet(row.getString("tenant_id"), row.getString("scope_key"), row.getString("player_id")),
                        row.getLong("number"),
                        row.getString("command_id"),
                        Fingerprint.of(row.getBytes("payload")),
                        row.getString("outcome"),
                        row.getString("refusal")));
    }
}
