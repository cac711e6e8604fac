package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class DecoderTest {

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Decoder decoder = new Decoder(registry);

    @Test
    void reads_a_record_with_the_schema_that_it_names() {
        Decoded decoded = decoder.decode(credit());

        assertThat(decoded).isInstanceOfSatisfying(Decoded.Value.class, value -> {
            assertThat(value.type()).isEqualTo("WalletCommand");
            assertThat(value.json().path("occurred_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
            assertThat(value.json().path("sequence").asLong()).isEqualTo(7);
            assertThat(value.json().at("/action/WalletCredit/amounts/0/amount").asLong())
                    .isEqualTo(Long.MAX_VALUE);
        });
    }

    @Test
    void says_why_bytes_are_no_record() {
        assertThat(decoder.decode("no avro at all".getBytes(UTF_8)))
                .isEqualTo(
                        new Decoded.Unreadable(null, "14 bytes that do not start with a schema id", "no avro at all"));
        assertThat(decoder.decode(new byte[] {0, 0, 0, 3, -25, 1}))
                .isInstanceOfSatisfying(Decoded.Unreadable.class, bytes -> {
                    assertThat(bytes.schemaId()).isEqualTo(999);
                    assertThat(bytes.why()).contains("no schema has id 999");
                });
    }

    @Test
    void says_so_where_the_bytes_end_too_early() {
        byte[] whole = credit();
        byte[] half = Arrays.copyOf(whole, whole.length / 2);

        assertThat(decoder.decode(half))
                .isInstanceOfSatisfying(
                        Decoded.Unreadable.class,
                        bytes -> assertThat(bytes.why()).contains("do not fit schema"));
    }

    @Test
    void knows_that_nothing_is_nothing() {
        assertThat(decoder.decode(null)).isEqualTo(new Decoded.Nothing());
    }

    @Test
    void does_not_blame_the_bytes_where_the_registry_is_silent() {
        SchemaRegistry silent = new SchemaRegistry() {
            @Override
            public int register(String subject, Schema schema) {
                throw new RegistryUnavailable("silent");
            }

            @Override
            public Schema schema(int id) {
                throw new RegistryUnavailable("silent");
            }
        };

        assertThatThrownBy(() -> new Decoder(silent).decode(credit())).isInstanceOf(RegistryUnavailable.class);
    }

    private byte[] credit() {
        var command = WalletCommand.newBuilder()
                .setCommandId("c-1")
                .setTenantId("demo")
                .setScopeKey("camp")
                .setPlayerId("ada")
                .setSequence(7)
                .setOccurredAt(Instant.parse("2026-03-01T12:00:00Z"))
                .setCause(new WalletCause("play", "play_1"))
                .setAction(new WalletCredit(List.of(new WalletAmount("points", Long.MAX_VALUE))))
                .build();
        return new RecordWriter<>(Topics.WALLET_COMMANDS, registry).write(command);
    }
}
