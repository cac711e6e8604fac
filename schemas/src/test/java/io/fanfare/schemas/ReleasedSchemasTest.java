package io.fanfare.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.SchemaRefused;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaValidationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReleasedSchemasTest {

    private static final String INCOMPATIBLE = """
            {"type": "record", "name": "WalletRefused", "namespace": "io.fanfare.events", "fields": [
              {"name": "command_id", "type": "string"},
              {"name": "unheard_of", "type": "string"}
            ]}
            """;

    @ParameterizedTest
    @MethodSource("current")
    void every_record_has_a_released_version(Schema current) {
        assertThat(ReleasedSchema.of(current.getName())).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("current")
    void versions_are_counted_from_1_without_gaps(Schema current) {
        List<Integer> versions = ReleasedSchema.of(current.getName()).stream()
                .map(ReleasedSchema::version)
                .toList();

        assertThat(versions.getFirst()).isEqualTo(1);
        assertThat(versions.getLast()).isEqualTo(versions.size());
    }

    /** An unreleased change fails here, as a reminder. */
    @ParameterizedTest
    @MethodSource("current")
    void what_is_written_is_the_last_release(Schema current) {
        Schema lastRelease = ReleasedSchema.of(current.getName()).getLast().schema();

        assertThat(lastRelease).isEqualTo(ReleasedSchema.source(current.getName()));
    }

    /**
     * Old records are read by today's programs, and today's records by programs that were not updated yet. The exception are
     * actions of a wallet: a program that does not know one must stop at it, for passing over it would be a wrong balance.
     */
    @ParameterizedTest
    @MethodSource("current")
    void old_and_new_programs_read_each_others_records(Schema current) throws SchemaValidationException {
        List<Schema> releases = ReleasedSchema.of(current.getName()).stream()
                .map(ReleasedSchema::schema)
                .toList();

        if (current.equals(WalletCommand.getClassSchema())) {
            Compatibility.requireBackward(current, releases);
        } else {
            Compatibility.requireBothWays(current, releases);
        }
    }

    @Test
    void an_action_that_a_program_does_not_know_is_no_record_to_it() {
        Schema first = ReleasedSchema.of("WalletCommand").getFirst().schema();

        assertThatThrownBy(() -> Compatibility.requireBackward(first, List.of(WalletCommand.getClassSchema())))
                .isInstanceOf(SchemaValidationException.class);
    }

    @Test
    void every_released_record_is_in_the_catalogue() {
        List<String> inCatalogue = current().map(Schema::getName).toList();

        assertThat(ReleasedSchema.names()).isSubsetOf(inCatalogue);
    }

    @Test
    void every_record_of_the_catalogue_is_carried_by_one_topic() {
        Map<String, Long> carriers =
                current().collect(Collectors.groupingBy(Schema::getFullName, TreeMap::new, Collectors.counting()));

        assertThat(carriers.values()).containsOnly(1L);
    }

    @Test
    void a_field_without_default_is_refused_by_the_rule() {
        var change = new Schema.Parser().parse(INCOMPATIBLE);
        List<Schema> releases =
                List.of(ReleasedSchema.of("WalletRefused").getFirst().schema());

        assertThatThrownBy(() -> Compatibility.requireBothWays(change, releases))
                .isInstanceOf(SchemaValidationException.class)
                .hasMessageContaining("unheard_of");
    }

    @Test
    void a_field_without_default_is_refused_by_a_registry() {
        var registry = new InMemoryRegistry();
        String subject = "fanfare.wallet-entries.v1-WalletRefused";
        registry.register(subject, ReleasedSchema.of("WalletRefused").getFirst().schema());

        assertThatThrownBy(() -> registry.register(subject, new Schema.Parser().parse(INCOMPATIBLE)))
                .isInstanceOf(SchemaRefused.class)
                .hasMessageContaining(subject);
    }

    @Test
    void a_removed_field_that_old_programs_need_is_refused_by_the_rule() {
        Schema released = ReleasedSchema.of("WalletRefused").getFirst().schema();
        Schema change = withoutField(released, "detail");

        assertThatThrownBy(() -> Compatibility.requireBothWays(change, List.of(released)))
                .isInstanceOf(SchemaValidationException.class);
    }

    @Test
    void a_field_with_default_is_allowed() throws SchemaValidationException {
        Schema released = ReleasedSchema.of("WalletRefused").getFirst().schema();
        Schema change = withoutField(released, "");
        List<Schema.Field> fields = Stream.concat(
                        copies(change).stream(),
                        Stream.of(new Schema.Field("operator", Schema.create(Schema.Type.STRING), "who", "")))
                .toList();

        Compatibility.requireBothWays(record(released, fields), List.of(released));
    }

    static Stream<Schema> current() {
        return Topics.all().stream().flatMap(topic -> topic.schemas().stream());
    }

    private static Schema withoutField(Schema schema, String name) {
        return record(
                schema,
                copies(schema).stream()
                        .filter(field -> !field.name().equals(name))
                        .toList());
    }

    private static List<Schema.Field> copies(Schema schema) {
        return schema.getFields().stream()
                .map(field -> new Schema.Field(field, field.schema()))
                .toList();
    }

    private static Schema record(Schema like, List<Schema.Field> fields) {
        return Schema.createRecord(like.getName(), like.getDoc(), like.getNamespace(), false, fields);
    }
}
