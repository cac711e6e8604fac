package io.fanfare.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final RecordWriter<SpecificRecord> writer = new RecordWriter<>(Topics.WALLET_ENTRIES, registry);
    private final RecordReader<SpecificRecord> reader = new RecordReader<>(Topics.WALLET_ENTRIES, registry);

    @Test
    void tells_the_record_types_of_a_topic_apart() {
        WalletRefused refused = refused();
        WalletPosted posted = posted();

        assertThat(reader.read(writer.write(refused))).isEqualTo(refused);
        assertThat(reader.read(writer.write(posted))).isEqualTo(posted);
    }

    @Test
    void finds_the_schema_id_where_confluent_clients_put_it() {
        byte[] bytes = writer.write(refused());

        int id = registry.register("fanfare.wallet-entries.v1-WalletRefused", WalletRefused.getClassSchema());
        assertThat(bytes[0]).isZero();
        assertThat(ByteBuffer.wrap(bytes).getInt(1)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4})
    void calls_bytes_without_a_prefix_malformed(int length) {
        assertThatThrownBy(() -> reader.read(new byte[length]))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("%d bytes that do not start with a schema id".formatted(length));
    }

    @Test
    void calls_bytes_with_another_magic_byte_malformed() {
        byte[] bytes = writer.write(refused());
        bytes[0] = '{';

        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void calls_bytes_that_end_too_early_malformed() {
        byte[] bytes = writer.write(refused());

        assertThatThrownBy(() -> reader.read(Arrays.copyOf(bytes, bytes.length - 3)))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("WalletRefused");
    }

    @Test
    void calls_a_length_that_cannot_be_malformed() {
        byte[] bytes = writer.write(refused());
        bytes[RecordWriter.PREFIX_BYTES] = (byte) 0x01; // the length of the first text becomes -1

        assertThatThrownBy(() -> reader.read(bytes)).isInstanceOf(MalformedRecord.class);
    }

    @Test
    void calls_an_id_that_the_registry_does_not_know_malformed() {
        byte[] bytes = writer.write(refused());
        ByteBuffer.wrap(bytes).putInt(1, 4_711);

        assertThatThrownBy(() -> reader.read(bytes))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("4711");
    }

    @Test
    void calls_a_record_of_another_topic_malformed() {
        int id = registry.register(
                "stranger", new Schema.Parser().parse("{\"type\":\"record\",\"name\":\"Stranger\",\"fields\":[]}"));
        byte[] bytes = ByteBuffer.allocate(RecordWriter.PREFIX_BYTES)
                .put((byte) 0)
                .putInt(id)
                .array();

        assertThatThrownBy(() -> reader.read(bytes))
                .isInstanceOf(MalformedRecord.class)
                .hasMessageContaining("does not carry Stranger");
    }

    @Test
    void waits_for_a_registry_that_comes_back() {
        byte[] bytes = writer.write(refused());
        var recovering = new SilentRegistry(registry, 2);

        SpecificRecord read = new RecordReader<>(Topics.WALLET_ENTRIES, recovering, Duration.ofMinutes(1)).read(bytes);

        assertThat(read).isEqualTo(refused());
        assertThat(recovering.asked).isEqualTo(3);
    }

    @Test
    void gives_up_on_a_registry_that_stays_silent_without_judging_the_record() {
        byte[] bytes = writer.write(refused());
        var silent = new SilentRegistry(registry, Integer.MAX_VALUE);
        var impatient = new RecordReader<>(Topics.WALLET_ENTRIES, silent, Duration.ZERO);

        assertThatThrownBy(() -> impatient.read(bytes)).isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void reads_nothing_from_nothing() {
        assertThat(reader.deserialize("any", null)).isNull();
    }

    @Test
    void is_not_offered_a_record_that_the_topic_does_not_carry() {
        var letters = new RecordWriter<SpecificRecord>(Topics.WALLET_ENTRIES, registry);
        var stranger = io.fanfare.events.WalletAmount.newBuilder()
                .setCurrency("points")
                .setAmount(1)
                .build();

        assertThatThrownBy(() -> letters.write(stranger))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("does not carry io.fanfare.events.WalletAmount");
    }

    private static WalletRefused refused() {
        return WalletRefused.newBuilder()
                .setCommandId("cmd-1")
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId("ada")
                .setSequence(7)
                .setOccurredAt(Instant.parse("2026-05-01T12:00:00Z"))
                .setReason("redeem")
                .setRefId("rdm_1")
                .setRefusal("INSUFFICIENT_BALANCE")
                .setDetail("5 points available, 50 asked for")
                .build();
    }

    private static WalletPosted posted() {
        return WalletPosted.newBuilder()
                .setCommandId("cmd-2")
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId("ada")
                .setSequence(8)
                .setOccurredAt(Instant.parse("2026-05-01T12:00:01Z"))
                .setReason("play")
                .setRefId("play_1")
                .setEntries(List.of())
                .build();
    }

    /** Says nothing a number of times, and answers from then on. */
    private static final class SilentRegistry implements SchemaRegistry {
        private final SchemaRegistry answering;
        private int silences;
        private int asked;

        SilentRegistry(SchemaRegistry answering, int silences) {
            this.answering = answering;
            this.silences = silences;
        }

        @Override
        public int register(String subject, Schema schema) {
            return answering.register(subject, schema);
        }

        @Override
        public Schema schema(int id) {
            asked++;
            if (silences > 0) {
                silences--;
                throw new RegistryUnavailable("silent");
            }
            return answering.schema(id);
        }
    }
}
