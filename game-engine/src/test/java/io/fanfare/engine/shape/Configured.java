package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.util.List;
import java.util.Map;

/** Shapes as an operator configures them. */
public final class Configured {

    private Configured() {}

    public static GameShape shape(String type, Map<String, ?> handlerConfig, Map<String, ?> validatorConfig) {
        PartNames names = Shapes.usualPartsOf(type).orElseThrow();
        return switch (Shapes.builtIn().shape(names, document(handlerConfig), document(validatorConfig))) {
            case Shaping.Shaped(GameShape shape) -> shape;
            case Shaping other -> throw new AssertionError("ill-configured: " + other);
        };
    }

    public static List<String> refused(String type, Map<String, ?> handlerConfig, Map<String, ?> validatorConfig) {
        PartNames names = Shapes.usualPartsOf(type).orElseThrow();
        return switch (Shapes.builtIn().shapeToSave(names, document(handlerConfig), document(validatorConfig))) {
            case Shaping.ConfigurationRefused(List<FieldViolation> violations) ->
                violations.stream().map(FieldViolation::field).sorted().toList();
            case Shaping other -> throw new AssertionError("not refused: " + other);
        };
    }

    public static Document document(Map<String, ?> values) {
        return new Document(Map.copyOf(values));
    }
}
