package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.play.GamesPage.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The published schemas, looked at with a validator that knows nothing of the engine. */
class SchemasIT {

    /** Rules between fields: a schema cannot say them. */
    private static final List<String> BEYOND_A_SCHEMA = List.of(
            "weigh 0 in total",
            "hold \\w+ '.*' twice",
            "name prize group",
            "is -?\\d+, below ",
            "is \\d+, but",
            "is 'empty', which is reserved",
            "knows no replays");

    private static final List<Object> NONSENSE =
            List.of("nonsense!", -7, 0.5, true, 1_000_000_000_000_000L, List.of(), Map.of());

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RunningApi api = RunningApi.shared();
    private final Shapes shapes = Shapes.builtIn();

    @Test
    void all_of_them_are_listed_in_pages() {
        List<String> addresses = new ArrayList<>();
        String cursor = "";
        boolean isMore = true;
        while (isMore) {
            JsonNode page =
                    api.http.get("/api/v1/schemas?limit=4&cursor=" + cursor).data();
            page.path("items").forEach(item -> addresses.add(item.path("href").stringValue()));
            isMore = page.path("pagination").path("has_more").booleanValue();
            cursor = page.path("pagination").path("next_cursor").stringValue("");
        }

        assertThat(addresses)
                .contains(
                        "/api/v1/schemas/handler/probability",
                        "/api/v1/schemas/seed/drop_sequence",
                        "/api/v1/schemas/validator/time_and_score_range")
                .doesNotHaveDuplicates()
                .hasSize(shapes.rewardHandlers().size()
                        + shapes.seedGenerators().size()
                        + shapes.validators().size());
        assertThat(addresses).allSatisfy(address -> {
            Answer schema = api.http.get(address);
            assertThat(schema.status()).isEqualTo(200);
            assertThat(schema.header("Content-Type")).startsWith("application/schema+json");
            assertThat(schema.json().path("$schema").stringValue())
                    .isEqualTo("https://json-schema.org/draft/2020-12/schema");
        });
    }

    @Test
    void what_is_not_registered_has_none() {
        assertThat(api.http.get("/api/v1/schemas/handler/oracle").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.http.get("/api/v1/schemas/wheel/probability").reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.http
                        .get("/api/v1/schemas/handler/quiz?seed_generator=oracle")
                        .reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(api.http.get("/api/v1/schemas/seed/quiz?seed_generator=quiz").reason())
                .isEqualTo("RESOURCE_NOT_FOUND");
    }

    @ParameterizedTest
    @MethodSource("io.fanfare.play.GamesPage#examples")
    void the_examples_of_the_page_pass(Example example) {
        PartNames parts = partsOf(example);

        assertThat(handlerSchema(parts).validate(example.configured("handler_config")))
                .isEmpty();
        assertThat(schema("/handler/" + parts.rewardHandler()).validate(example.configured("handler_config")))
                .isEmpty();
        assertThat(schema("/seed/" + parts.seedGenerator()).validate(example.configured("handler_config")))
                .isEmpty();
        if (example.configured("validator_config").isObject()) {
            assertThat(schema("/validator/" + parts.validator()).validate(example.configured("validator_config")))
                    .isEmpty();
        }
    }

    @Test
    void the_wheel_of_the_demo_passes() {
        JsonNode wheel = JSON.readTree("""
                {"prizes": [{"prize_id": "prize_1", "probability": 0.5, "slot_index": 0},
                            {"prize_id": "prize_2", "probability": 0.1, "slot_index": 1},
                            {"prize_id": "", "probability": 0.4, "slot_index": 2}]}""");

        assertThat(handlerSchema(new PartNames("none", "basic", "probability")).validate(wheel))
                .isEmpty();
    }

    @Test
    void what_every_game_may_say_beside_its_shape_passes() {
        JsonNode terms = JSON.readTree("""
                {"prizes": [{"prize_id": "prize_1", "probability": 1}], "fallback_prize_id": "prize_2", "budget": 5000,
                 "publish_odds": true, "winning_moments": [{"prize_id": "prize_3", "count": 3, "from": 1, "until": 9, "spread_seed": 7}]}""");
        JsonNode guard = JSON.readTree("""
                {"level": "strict", "replay_min_spacing_ms": 40, "replay_points_per_event": 2, "max_score": 80}""");

        assertThat(handlerSchema(new PartNames("none", "basic", "probability")).validate(terms))
                .isEmpty();
        assertThat(schema("/validator/time_and_score_range").validate(guard)).isEmpty();
    }

    /** Each field of each example is left out, replaced by nonsense, and joined by one that nobody knows. */
    @ParameterizedTest
    @MethodSource("io.fanfare.play.GamesPage#examples")
    void what_the_engine_refuses_the_schema_refuses_and_the_other_way_round(Example example) {
        PartNames parts = partsOf(example);
        Schema schema = handlerSchema(parts);
        int refused = 0;

        for (JsonNode mutant : mutants(example.configured("handler_config"))) {
            List<FieldViolation> violations = violations(parts, mutant);
            List<Error> errors = schema.validate(mutant);
            if (errors.isEmpty()) {
                assertThat(violations).as("the schema lets through %s", mutant).allMatch(SchemasIT::isBeyondASchema);
            } else {
                refused++;
                assertThat(violations)
                        .as("the schema refuses %s: %s", mutant, errors)
                        .isNotEmpty();
            }
        }

        assertThat(refused).isGreaterThan(10);
    }

    private static boolean isBeyondASchema(FieldViolation violation) {
        return BEYOND_A_SCHEMA.stream().anyMatch(rule -> violation.description().matches("(?s).*" + rule + ".*"));
    }

    private List<FieldViolation> violations(PartNames parts, JsonNode handlerConfig) {
        Map<String, Object> values = JSON.convertValue(handlerConfig, new TypeReference<Map<String, Object>>() {});
        return switch (shapes.shapeToSave(parts, new Document(values), Document.empty())) {
            case Shaping.Shaped _ -> List.of();
            case Shaping.ConfigurationRefused(var violations) -> violations;
            case Shaping.UnknownPart unknown -> throw new AssertionError(unknown);
        };
    }

    private static PartNames partsOf(Example example) {
        return Shapes.usualPartsOf(example.type()).orElseThrow();
    }

    private Schema handlerSchema(PartNames parts) {
        return schema("/handler/%s?seed_generator=%s".formatted(parts.rewardHandler(), parts.seedGenerator()));
    }

    private Schema schema(String path) {
        Answer answer = api.http.get("/api/v1/schemas" + path);
        assertThat(answer.status()).as(path).isEqualTo(200);
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(answer.json());
    }

    private static List<JsonNode> mutants(JsonNode whole) {
        List<JsonNode> mutants = new ArrayList<>();
        for (JsonPointer place : places(whole)) {
            NONSENSE.forEach(nonsense ->
                    mutants.add(changed(whole, place, parent -> set(parent, place, JSON.valueToTree(nonsense)))));
            mutants.add(changed(whole, place, parent -> remove(parent, place)));
            mutants.add(changed(whole, place, parent -> {
                if (parent instanceof ObjectNode object) {
                    object.put("nobody_knows", 1);
                }
            }));
        }
        return mutants;
    }

    private static JsonNode changed(JsonNode whole, JsonPointer place, Consumer<JsonNode> change) {
        JsonNode copy = whole.deepCopy();
        change.accept(copy.at(place.head()));
        return copy;
    }

    private static void set(JsonNode parent, JsonPointer place, JsonNode value) {
        switch (parent) {
            case ObjectNode object -> object.set(place.last().getMatchingProperty(), value);
            case ArrayNode array -> array.set(place.last().getMatchingIndex(), value);
            default -> throw new AssertionError(place);
        }
    }

    private static void remove(JsonNode parent, JsonPointer place) {
        switch (parent) {
            case ObjectNode object -> object.remove(place.last().getMatchingProperty());
            case ArrayNode array -> array.remove(place.last().getMatchingIndex());
            default -> throw new AssertionError(place);
        }
    }

    /** Where anything stands in it. */
    private static List<JsonPointer> places(JsonNode whole) {
        List<JsonPointer> places = new ArrayList<>();
        collect(whole, JsonPointer.empty(), places);
        return places;
    }

    private static void collect(JsonNode node, JsonPointer at, List<JsonPointer> places) {
        node.properties().forEach(property -> {
            JsonPointer inside = at.appendProperty(property.getKey());
            places.add(inside);
            collect(property.getValue(), inside, places);
        });
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            JsonPointer inside = at.appendIndex(i);
            places.add(inside);
            collect(node.path(i), inside, places);
        }
    }
}
