package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Fields;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.prize.PrizeId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code probability}: one draw picks one slot, each with a chance in proportion to its weight; the weights need not sum to 1.
 * A slot without a prize wins nothing. Wheels, scratch cards and boxes are this.
 *
 * @param slots in the order of the wheel; at least one weighs more than nothing
 */
record Probability(List<Slot> slots) implements RewardHandler {

    /**
     * @param prize null = no win
     * @param weight 0 or more, finite
     * @param slotIndex where the wheel stops, for the player's screen
     */
    record Slot(@Nullable PrizeId prize, double weight, long slotIndex) {}

    Probability {
        slots = List.copyOf(slots);
    }

    static Probability read(Fields fields) {
        List<Slot> slots =
                fields.objects("prizes").stream().map(Probability::readSlot).toList();
        double total = slots.stream().mapToDouble(Slot::weight).sum();
        if (!(total > 0) || Double.isInfinite(total)) {
            throw fields.refused("prizes", "weigh %s in total, expected a finite sum above 0".formatted(total));
        }
        return new Probability(slots);
    }

    private static Slot readSlot(Fields fields) {
        String prize = fields.optionalText("prize_id").orElse("");
        if (!prize.isEmpty() && !OpaqueId.isValid(prize)) {
            throw fields.refused("prize_id", "is '%s', expected the id of a prize, or nothing".formatted(prize));
        }
        double weight = fields.number("probability");
        if (weight < 0) {
            throw fields.refused("probability", "is %s, expected 0 or more".formatted(weight));
        }
        return new Slot(prize.isEmpty() ? null : new PrizeId(prize), weight, fields.integerOr("slot_index", 0));
    }

    @Override
    public Set<String> inputFields() {
        return Set.of();
    }

    @Override
    public Set<PrizeId> prizes() {
        return slots.stream().map(Slot::prize).filter(Objects::nonNull).collect(toUnmodifiableSet());
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        Slot slot = pick(draws.next());
        List<Win> wins = slot.prize() == null ? List.of() : List.of(new Win(slot.prize(), 1));
        return new Result(wins, Document.of("slot_index", slot.slotIndex()), null);
    }

    /** The slot in whose share of [0, 1) the draw falls. */
    private Slot pick(double draw) {
        double total = slots.stream().mapToDouble(Slot::weight).sum();
        double left = draw * total;
        Slot picked = null;
        for (Slot slot : slots) {
            if (slot.weight() > 0) {
                picked = slot;
                if (left < slot.weight()) {
                    return slot;
                }
                left -= slot.weight();
            }
        }
        // Rounding can leave a draw just below 1 beyond the last share: it belongs to the last slot that has one.
        return Objects.requireNonNull(picked, "no slot weighs anything");
    }
}
