package io.fanfare.store.outbox;

import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;

/**
 * Writes heartbeats to the outbox of a MariaDB. The connector writes its own only when the server's log has something to tell, on an idle
 * database every 48 seconds: too seldom to know whether it is there. To be called every five seconds.
 */
@AcrossTenants("one relay serves all tenants")
public final class RelayProbe {

    private final Database database;
    private final String topic;

    /** @param topic of the connector's heartbeats */
    public RelayProbe(Database database, String topic) {
        this.database = database;
        this.topic = topic;
    }

    /** As the connector's own: whoever hears one need not know whose it is. */
    public void write() {
        database.jdbc().sql("""
                        insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
                        select uuid(), :topic, 'outbox', 'RelayHeartbeat', '', '', t,
                            concat(left(date_format(t, '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')
                        from (select utc_timestamp(3) as t) as beat
                        """).param("topic", topic).update();
    }
}
