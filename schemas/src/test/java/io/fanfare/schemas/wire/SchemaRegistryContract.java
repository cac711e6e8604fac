package io.fanfare.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.SchemaRegistration;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry.SchemaRefused;
import io.fanfare.schemas.wire.SchemaRegistry.UnknownSchema;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** What every registry must do, whatever is behind it. */
abstract class SchemaRegistryContract {

    private static final String SUBJECT = "fanfare.wallet-commands.v1-WalletCommand";
    private static final String UNREADABLE_CHANGE = """
            {"type": "record", "name": "WalletCommand", "namespace": "io.fanfare.events", "fields": [
              {"name": "unheard_of", "type": "string"}
            ]}
            """;

    abstract SchemaRegistry registry();

    @Test
    void gives_a_schema_the_same_id_each_time() {
        int first = registry().register(SUBJECT, WalletCommand.getClassSchema());

        assertThat(registry().register(SUBJECT, WalletCommand.getClassSchema())).isEqualTo(first);
    }

    @Test
    void gives_the_schema_back_for_its_id() {
        int id = registry().register(SUBJECT, WalletCommand.getClassSchema());

        assertThat(registry().schema(id)).isEqualTo(WalletCommand.getClassSchema());
    }

    @Test
    void gives_different_schemas_different_ids() {
        int command = registry().register(SUBJECT, WalletCommand.getClassSchema());
        int refused = registry().register("fanfare.wallet-entries.v1-WalletRefused", WalletRefused.getClassSchema());

        assertThat(refused).isNotEqualTo(command);
    }

    @Test
    void says_that_an_id_is_unknown() {
        assertThatThrownBy(() -> registry().schema(987_654))
                .isInstanceOf(UnknownSchema.class)
                .hasMessage("no schema has id 987654");
    }

    @Test
    void refuses_a_change_that_readers_could_not_bear() {
        registry().register(SUBJECT, WalletCommand.getClassSchema());
        Schema change = new Schema.Parser().parse(UNREADABLE_CHANGE);

        assertThatThrownBy(() -> registry().register(SUBJECT, change))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining(SUBJECT);
    }

    @Test
    void takes_the_whole_catalogue_any_number_of_times() {
        SchemaRegistration.registerAll(registry());
        int before = registry().register(SUBJECT, WalletCommand.getClassSchema());

        SchemaRegistration.registerAll(registry());

        assertThat(registry().register(SUBJECT, WalletCommand.getClassSchema())).isEqualTo(before);
    }

    @Test
    void carries_a_record_from_writer_to_reader() {
        var command = WalletCommand.newBuilder()
                .setCommandId("cmd-1")
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId("ada")
                .setSequence(1)
                .setOccurredAt(Instant.parse("2026-05-01T12:00:00.123Z"))
                .setCause(new WalletCause("play", "play_1"))
                .setAction(new WalletCredit(List.of(new WalletAmount("points", 50L))))
                .build();
        byte[] bytes = new RecordWriter<>(Topics.WALLET_COMMANDS, registry()).write(command);

        WalletCommand read = new RecordReader<>(Topics.WALLET_COMMANDS, registry()).read(bytes);

        assertThat(read).isEqualTo(command);
    }
}
