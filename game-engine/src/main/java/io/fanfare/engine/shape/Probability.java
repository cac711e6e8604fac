package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code probability}: one draw picks one slot, each with a chance in proportion to its weight; the weights need not sum to 1.
 * A slot without a prize wins nothing. Wheels, scratch cards, boxes and slot machines are this.
 *
 * @param slots in the order of the wheel; at least one weighs more than nothing
 */
record Probability(Chances<Slot> slots) implements RewardHandler {

    private static final Form<Slot> SLOT = Form.of("one slot", lines -> {
        var prize = lines.optional(
                "prize_id", PrizeKinds.PRIZE_OR_NONE, Optional.<PrizeId>empty(), "what it wins; empty: nothing");
        var weight = lines.required("probability", Kind.weight(), "its share, in proportion to the others");
        var index = lines.optional("slot_index", Kind.integer(0, 100_000), 0L, "where the wheel stops");
        return filled -> new Slot(filled.get(prize), filled.get(weight), filled.get(index));
    });

    static final Form<Probability> FORM = Form.of("one draw picks one slot", lines -> {
        var prizes = lines.required("prizes", Kind.list(Kind.object(SLOT), 1, 1_000), "the slots of the wheel");
        return filled -> Chances.of(filled.get(prizes), Slot::weight)
                .map(Probability::new)
                .orElseThrow(() -> filled.refused(prizes, "weigh 0 in total, expected a sum above 0"));
    });

    /**
     * @param prize empty = no win
     * @param slotIndex where the wheel stops, for the player's screen
     */
    record Slot(Optional<PrizeId> prize, BigDecimal weight, long slotIndex) {

        boolean canBeHad(Set<PrizeId> gone) {
            return prize.isEmpty() || !gone.contains(prize.get());
        }
    }

    @Override
    public Set<String> inputFields() {
        return Set.of();
    }

    @Override
    public Set<PrizeId> prizes() {
        return slots.things().stream().flatMap(slot -> slot.prize().stream()).collect(toUnmodifiableSet());
    }

    @Override
    public Map<PrizeId, Double> configuredOdds() {
        return slots.oddsBy(Slot::prize);
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        return result(slots.draw(draws));
    }

    @Override
    public Optional<Result> redraw(Attempt attempt, Draws draws, Set<PrizeId> gone) {
        return slots.draw(draws, slot -> slot.canBeHad(gone)).map(Probability::result);
    }

    /** The wheel stops at a slot of that prize, where it has one. */
    @Override
    public Result showing(Result drawn, PrizeId prize) {
        return slots.things().stream()
                .filter(slot -> slot.prize().filter(prize::equals).isPresent())
                .findFirst()
                .map(Probability::result)
                .orElseGet(() -> new Result(List.of(Win.of(prize)), drawn.metadata(), null));
    }

    private static Result result(Slot slot) {
        return new Result(
                slot.prize().map(Win::of).stream().toList(), Document.of("slot_index", slot.slotIndex()), null);
    }
}
