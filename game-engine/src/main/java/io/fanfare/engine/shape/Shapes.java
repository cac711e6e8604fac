package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Fields;
import io.fanfare.engine.config.FieldsRefused;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The three registries of game parts, by name. A part is registered with the reader of its configuration; a game names
 * one of each. A new shape is one registration here, a new game of a known shape is configuration only.
 */
public final class Shapes {

    private final Map<String, Function<Fields, ? extends SeedGenerator>> seedGenerators;
    private final Map<String, Function<Fields, ? extends Validator>> validators;
    private final Map<String, Function<Fields, ? extends RewardHandler>> rewardHandlers;

    /** The names that a game gives for its parts. */
    public record PartNames(String seedGenerator, String validator, String rewardHandler) {}

    /** What comes of a game's configuration. */
    public sealed interface Shaping {

        record Shaped(GameShape shape) implements Shaping {}

        /** No part is registered under this name; {@code field} is the one of the game that holds it. */
        record UnknownPart(String field, String name, SortedSet<String> known) implements Shaping {}

        record ConfigurationRefused(List<FieldViolation> violations) implements Shaping {}
    }

    private Shapes(Builder builder) {
        this.seedGenerators = Map.copyOf(builder.seedGenerators);
        this.validators = Map.copyOf(builder.validators);
        this.rewardHandlers = Map.copyOf(builder.rewardHandlers);
    }

    /** The parts that a type of game usually has: what a game gets that names its type only. */
    public static Optional<PartNames> usualPartsOf(String type) {
        return switch (type) {
            case "spin_wheel", "scratch_card" -> Optional.of(new PartNames("none", "basic", "probability"));
            default -> Optional.empty();
        };
    }

    /** What ships with the engine. */
    public static Shapes builtIn() {
        return withBuiltIn().build();
    }

    /** What ships with the engine, and more to come. */
    public static Builder withBuiltIn() {
        return new Builder()
                .seedGenerator("none", NoSeed::read)
                .validator("basic", BasicValidation::read)
                .rewardHandler("probability", Probability::read);
    }

    /**
     * Reads a game's configuration into its shape.
     *
     * @param handlerConfig read by the seed generator and the reward handler together
     */
    public Shaping shape(PartNames names, Document handlerConfig, Document validatorConfig) {
        var seedGenerator = seedGenerators.get(names.seedGenerator());
        if (seedGenerator == null) {
            return unknown("seed_generator", names.seedGenerator(), seedGenerators);
        }
        var validator = validators.get(names.validator());
        if (validator == null) {
            return unknown("validator", names.validator(), validators);
        }
        var rewardHandler = rewardHandlers.get(names.rewardHandler());
        if (rewardHandler == null) {
            return unknown("reward_handler", names.rewardHandler(), rewardHandlers);
        }
        Fields handlerFields = Fields.of("handler_config", handlerConfig);
        Fields validatorFields = Fields.of("validator_config", validatorConfig);
        try {
            var shape = new GameShape(
                    seedGenerator.apply(handlerFields),
                    validator.apply(validatorFields),
                    rewardHandler.apply(handlerFields));
            handlerFields.refuseUnread();
            validatorFields.refuseUnread();
            return new Shaping.Shaped(shape);
        } catch (FieldsRefused refused) {
            return new Shaping.ConfigurationRefused(refused.violations());
        }
    }

    private static Shaping unknown(String field, String name, Map<String, ?> registry) {
        return new Shaping.UnknownPart(field, name, new TreeSet<>(registry.keySet()));
    }

    /** Collects registrations; a name can be taken once per registry. */
    public static final class Builder {

        private final Map<String, Function<Fields, ? extends SeedGenerator>> seedGenerators = new HashMap<>();
        private final Map<String, Function<Fields, ? extends Validator>> validators = new HashMap<>();
        private final Map<String, Function<Fields, ? extends RewardHandler>> rewardHandlers = new HashMap<>();

        private Builder() {}

        public Builder seedGenerator(String name, Function<Fields, ? extends SeedGenerator> reader) {
            return register(seedGenerators, name, reader);
        }

        public Builder validator(String name, Function<Fields, ? extends Validator> reader) {
            return register(validators, name, reader);
        }

        public Builder rewardHandler(String name, Function<Fields, ? extends RewardHandler> reader) {
            return register(rewardHandlers, name, reader);
        }

        public Shapes build() {
            return new Shapes(this);
        }

        private <T> Builder register(Map<String, T> registry, String name, T reader) {
            if (registry.putIfAbsent(name, reader) != null) {
                throw new IllegalArgumentException("'%s' is registered already".formatted(name));
            }
            return this;
        }
    }
}
