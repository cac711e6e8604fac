package io.fanfare.engine.shape;

import io.fanfare.engine.anticheat.Guard;
import io.fanfare.engine.anticheat.Strictness;
import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.FormSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The three registries of game parts, by name. A part is registered with the form of its configuration; a game names one of
 * each. A new shape is one registration here, a new game of a known shape is configuration only. A new version of a part is
 * another name; what a name means never changes.
 */
public final class Shapes {

    private static final SortedMap<String, PartNames> USUAL_PARTS =
            Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
                    "spin_wheel", new PartNames("none", "basic", "probability"),
                    "scratch_card", new PartNames("none", "basic", "probability"),
                    "lucky_draw", new PartNames("none", "basic", "probability"),
                    "slot_machine", new PartNames("none", "basic", "probability"),
                    "egg_catcher", new PartNames("none", "time_and_score_range", "score_to_tier"),
                    "gift_catcher", new PartNames("drop_sequence", "drop_plan", "collect_items"),
                    "collection", new PartNames("none", "basic", "lucky_item"),
                    "quiz", new PartNames("quiz", "quiz", "quiz"),
                    "random_pick", new PartNames("random_pick", "random_pick", "random_pick"))));

    private final Map<String, Form<? extends SeedGenerator>> seedGenerators;
    private final Map<String, Form<? extends Validator>> validators;
    private final Map<String, Form<? extends RewardHandler>> rewardHandlers;

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
        return Optional.ofNullable(USUAL_PARTS.get(type));
    }

    /** The types of games that usually have certain parts; any other type names its own. */
    public static SortedMap<String, PartNames> types() {
        return USUAL_PARTS;
    }

    /** What ships with the engine. */
    public static Shapes builtIn() {
        return withBuiltIn().build();
    }

    /** What ships with the engine, and more to come. */
    public static Builder withBuiltIn() {
        return new Builder()
                .seedGenerator("none", NoSeed.FORM)
                .seedGenerator("drop_sequence", DropSequence.FORM)
                .seedGenerator("quiz", QuizSeed.FORM)
                .seedGenerator("random_pick", RandomPick.FORM)
                .validator("basic", BasicValidation.FORM)
                .validator("time_and_score_range", TimeAndScoreRange.FORM)
                .validator("drop_plan", DropPlanValidation.FORM)
                .validator("quiz", QuizValidation.FORM)
                .validator("random_pick", PickValidation.FORM)
                .rewardHandler("probability", Probability.FORM)
                .rewardHandler("score_to_tier", ScoreToTier.FORM)
                .rewardHandler("collect_items", CollectItems.FORM)
                .rewardHandler("lucky_item", LuckyItem.FORM)
                .rewardHandler("quiz", Quiz.FORM)
                .rewardHandler("random_pick", PickedItem.FORM);
    }

    /** As {@link #shape}, for a game that is being saved: rules that came after others were saved hold for it, too. */
    public Shaping shapeToSave(PartNames names, Document handlerConfig, Document validatorConfig) {
        Shaping shaping = shape(names, handlerConfig, validatorConfig);
        return shaping instanceof Shaping.Shaped(GameShape shape)
                        && !shape.outdated().isEmpty()
                ? new Shaping.ConfigurationRefused(shape.outdated())
                : shaping;
    }

    /**
     * Reads a game's configuration, saved now or long ago, into its shape; every field that is wrong is named.
     *
     * @param handlerConfig read by the seed generator and the reward handler together, and for the {@link AwardTerms}
     * @param validatorConfig read by the validator, and for the {@link Guard}
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
        var handlerForms = new FormSet(List.of(seedGenerator, rewardHandler, AwardTerms.FORM));
        var validatorForms = new FormSet(List.of(validator, Guard.FORM));
        var violations = new ArrayList<FieldViolation>();
        violations.addAll(handlerForms.violations("handler_config", handlerConfig));
        violations.addAll(validatorForms.violations("validator_config", validatorConfig));
        if (!violations.isEmpty()) {
            return new Shaping.ConfigurationRefused(List.copyOf(violations));
        }
        var shape = new GameShape(
                seedGenerator.readPart("handler_config", handlerConfig),
                validator.readPart("validator_config", validatorConfig),
                rewardHandler.readPart("handler_config", handlerConfig),
                AwardTerms.FORM.readPart("handler_config", handlerConfig),
                Guard.FORM.readPart("validator_config", validatorConfig),
                CanonicalText.of(handlerConfig));
        if (shape.guard().level() == Strictness.STRICT && !shape.validator().isReplayable()) {
            return new Shaping.ConfigurationRefused(List.of(new FieldViolation(
                    "validator_config.level",
                    "is strict, but validator '%s' knows no replays".formatted(names.validator()))));
        }
        return new Shaping.Shaped(shape);
    }

    public SortedSet<String> seedGenerators() {
        return new TreeSet<>(seedGenerators.keySet());
    }

    public SortedSet<String> validators() {
        return new TreeSet<>(validators.keySet());
    }

    public SortedSet<String> rewardHandlers() {
        return new TreeSet<>(rewardHandlers.keySet());
    }

    /** The JSON Schema of what a seed generator reads of {@code handler_config}; its reward handler reads there as well. */
    public Optional<Document> seedGeneratorSchema(String name) {
        return Optional.ofNullable(seedGenerators.get(name)).map(form -> new FormSet(List.of(form)).openSchema());
    }

    /** The JSON Schema of {@code validator_config} with this validator, whole. */
    public Optional<Document> validatorSchema(String name) {
        return Optional.ofNullable(validators.get(name))
                .map(form -> new FormSet(List.of(form, Guard.FORM)).closedSchema());
    }

    /** The JSON Schema of what a reward handler reads of {@code handler_config}; its seed generator reads there as well. */
    public Optional<Document> rewardHandlerSchema(String name) {
        return Optional.ofNullable(rewardHandlers.get(name))
                .map(form -> new FormSet(List.of(form, AwardTerms.FORM)).openSchema());
    }

    /** The JSON Schema of {@code handler_config} of a game with these parts, whole; empty where one is not registered. */
    public Optional<Document> handlerConfigSchema(PartNames names) {
        var seedGenerator = seedGenerators.get(names.seedGenerator());
        var rewardHandler = rewardHandlers.get(names.rewardHandler());
        return seedGenerator == null || rewardHandler == null
                ? Optional.empty()
                : Optional.of(new FormSet(List.of(seedGenerator, rewardHandler, AwardTerms.FORM)).closedSchema());
    }

    private static Shaping unknown(String field, String name, Map<String, ?> registry) {
        return new Shaping.UnknownPart(field, name, new TreeSet<>(registry.keySet()));
    }

    /** Collects registrations; a name can be taken once per registry. */
    public static final class Builder {

        private final Map<String, Form<? extends SeedGenerator>> seedGenerators = new HashMap<>();
        private final Map<String, Form<? extends Validator>> validators = new HashMap<>();
        private final Map<String, Form<? extends RewardHandler>> rewardHandlers = new HashMap<>();

        private Builder() {}

        public Builder seedGenerator(String name, Form<? extends SeedGenerator> form) {
            return register(seedGenerators, name, form);
        }

        public Builder validator(String name, Form<? extends Validator> form) {
            return register(validators, name, form);
        }

        public Builder rewardHandler(String name, Form<? extends RewardHandler> form) {
            return register(rewardHandlers, name, form);
        }

        public Shapes build() {
            return new Shapes(this);
        }

        private <T> Builder register(Map<String, T> registry, String name, T form) {
            if (registry.putIfAbsent(name, form) != null) {
                throw new IllegalArgumentException("'%s' is registered already".formatted(name));
            }
            return this;
        }
    }
}
