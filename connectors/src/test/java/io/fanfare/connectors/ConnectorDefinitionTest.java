package io.fanfare.connectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.connector.postgresql.PostgresConnector;
import io.debezium.converters.BinaryDataConverter;
import io.debezium.schema.AbstractTopicNamingStrategy;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.runtime.SourceConnectorConfig;
import org.apache.kafka.connect.transforms.Transformation;
import org.junit.jupiter.api.Test;

class ConnectorDefinitionTest {

    private static final Pattern COMMA = Pattern.compile(",");

    private final ConnectorDefinition outbox = ConnectorDefinition.outboxOnPostgresql();

    /** Connect and Debezium ignore a setting that they do not know, so a misspelt one would go unnoticed. */
    @Test
    void every_setting_is_one_that_connect_or_debezium_knows() throws ReflectiveOperationException {
        Set<String> known = new TreeSet<>(SourceConnectorConfig.configDef().names());
        known.addAll(new PostgresConnector().config().names());
        known.add(AbstractTopicNamingStrategy.TOPIC_HEARTBEAT_PREFIX.name());
        for (String transform :
                COMMA.splitAsStream(outbox.setting("transforms")).toList()) {
            String prefix = "transforms." + transform + ".";
            known.addAll(List.of(prefix + "type", prefix + "predicate", prefix + "negate"));
            settings(outbox.setting(prefix + "type")).names().forEach(name -> known.add(prefix + name));
        }
        known.addAll(List.of("predicates.heartbeat.type", "predicates.heartbeat.pattern"));
        Predicate<String> isOpenEnded = name -> Stream.of(
                        "producer.override.",
                        "value.converter.",
                        "snapshot.select.statement.overrides.public.outbox",
                        "publish.via.partition.root")
                .anyMatch(name::startsWith);

        assertThat(outbox.config().keySet()).filteredOn(isOpenEnded.negate()).isSubsetOf(known);
    }

    @Test
    void secrets_and_hosts_come_from_the_worker() {
        assertThat(outbox.config())
                .containsEntry("database.hostname", "${env:FANFARE_DB_HOST}")
                .containsEntry("database.user", "${env:FANFARE_DB_USER}")
                .containsEntry("database.password", "${env:FANFARE_DB_PASSWORD}");
    }

    @Test
    void the_payload_is_passed_through_untouched() {
        assertThat(outbox.config())
                .containsEntry("value.converter", BinaryDataConverter.class.getName())
                .doesNotContainValue("envelope");
        assertThat(outbox.setting("transforms.outbox.table.fields.additional.placement"))
                .doesNotContain("envelope");
    }

    @Test
    void the_heartbeat_query_writes_to_the_heartbeat_topic() {
        assertThat(outbox.setting("heartbeat.action.query")).contains("'" + outbox.heartbeatTopic() + "'");
    }

    /** Debezium's plugin for MariaDB is not on this classpath; what is not about the database must not differ from what was checked. */
    @Test
    void on_mariadb_a_row_is_made_into_the_same_record() {
        ConnectorDefinition onMariaDb = ConnectorDefinition.outboxOnMariaDb();

        assertThat(recordSettings(onMariaDb)).isEqualTo(recordSettings(outbox)).hasSizeGreaterThan(40);
        assertThat(onMariaDb.setting("heartbeat.action.query")).contains("'" + onMariaDb.heartbeatTopic() + "'");
        assertThat(onMariaDb.name()).isEqualTo(outbox.name());
    }

    private static Map<String, String> recordSettings(ConnectorDefinition definition) {
        var settings = new TreeMap<>(definition.config());
        settings.keySet()
                .removeIf(name -> Stream.of(
                                "transforms", "predicates", "producer.", "key.", "value.", "header.", "exactly.")
                        .noneMatch(name::startsWith));
        return settings;
    }

    private static ConfigDef settings(String transformation) throws ReflectiveOperationException {
        return Class.forName(transformation)
                .asSubclass(Transformation.class)
                .getConstructor()
                .newInstance()
                .config();
    }
}
