package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Form.Filled;
import io.fanfare.engine.config.Form.Line;
import io.fanfare.engine.config.Form.Lines;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.prize.PrizeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What falls in a game of catching, by type.
 *
 * @param types each with another name; never {@link #EMPTY}
 */
record DropPlan(List<DropType> types) {

    /** The reserved type of drops that are worth nothing. */
    static final String EMPTY = "empty";

    static final int MAX_DROPS = 1_000;

    private static final Form<DropType> DROP_TYPE = Form.of("a type of drop", lines -> {
        var type = lines.required("type", Kind.id(), "its name; not 'empty'");
        var prize = lines.optional(
                "prize_id", PrizeKinds.PRIZE_OR_NONE, Optional.<PrizeId>empty(), "what each caught one wins");
        var frequency = lines.required("frequency", Kind.integer(0, MAX_DROPS), "how many of it fall");
        var catchable = lines.optional(
                "max_catchable", Kind.integer(0, MAX_DROPS), "how many of it count; left out: all that fall");
        return filled -> {
            if (filled.get(type).equals(EMPTY)) {
                throw filled.refused(type, "is 'empty', which is reserved for drops that are worth nothing");
            }
            return new DropType(
                    filled.get(type),
                    filled.get(prize),
                    Math.toIntExact(filled.get(frequency)),
                    Math.toIntExact(filled.get(catchable).orElse(filled.get(frequency))));
        };
    });

    record DropType(String name, Optional<PrizeId> prize, int frequency, int maxCatchable) {}

    /** The line in which seed generator and reward handler of one game read the same plan. */
    record PlanLine(Line<List<DropType>> drops) {

        static PlanLine in(Lines lines) {
            return new PlanLine(
                    lines.required("drops", Kind.list(Kind.object(DROP_TYPE), 1, 100), "what falls, by type"));
        }

        DropPlan read(Filled filled) {
            var names = new HashSet<String>();
            int total = 0;
            for (DropType type : filled.get(drops)) {
                total += type.frequency();
                if (!names.add(type.name())) {
                    throw filled.refused(drops, "hold type '%s' twice".formatted(type.name()));
                }
            }
            if (total > MAX_DROPS) {
                throw filled.refused(
                        drops, "let %d things fall in total, expected at most %d".formatted(total, MAX_DROPS));
            }
            return new DropPlan(filled.get(drops));
        }
    }

    DropPlan {
        types = List.copyOf(types);
    }

    Set<PrizeId> prizes() {
        return types.stream().flatMap(type -> type.prize().stream()).collect(toUnmodifiableSet());
    }
}
