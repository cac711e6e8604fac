package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.DefinitionRow;
import io.fanfare.bench.verify.Snapshot.OutboxRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** What is to be told: the outbox, and the versions of definitions. */
final class OutboxTables {

    private OutboxTables() {}

    static List<OutboxRow> outbox(Connection connection) throws SQLException {
        return Rows.list(
                connection,
                "select id, aggregatetype, aggregateid, type, partition_no, payload from outbox",
                row -> new OutboxRow(
                        row.getObject("id", UUID.class),
                        row.getString("aggregatetype"),
                        row.getString("aggregateid"),
                        row.getString("type"),
                        row.getObject("partition_no", Integer.class),
                        Fingerprint.of(row.getBytes("payload"))));
    }

    static List<DefinitionRow> definitions(Connection connection) throws SQLException {
        return Rows.list(connection, """
                select tenant_id || '/campaign/' || campaign_id || '/' || revision as key from campaign_revision
                union all
                select tenant_id || '/game/' || game_id || '/' || revision from game_revision
                union all
                select tenant_id || '/milestones/' || game_id || '/' || revision from game_milestones
                union all
                select tenant_id || '/leaderboard/' || leaderboard_id || '/' || revision from leaderboard_revision
                union all
                select tenant_id || '/prize/' || prize_id || '/' || revision from prize
                union all
                select tenant_id || '/integration/' || integration_id || '/' || revision from integration
                """, row -> new DefinitionRow(row.getString("key")));
    }
}
