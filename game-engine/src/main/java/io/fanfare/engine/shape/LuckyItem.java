package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code lucky_item}: one draw picks an item for the player's wallet, each with a chance in proportion to its weight. An empty
 * item wins nothing. Collections are this.
 */
record LuckyItem(Chances<Slot> slots) implements RewardHandler {

    /** Room for what the prize of an item is called. */
    private static final int MAX_ITEM = 90;

    private static final Form<Slot> SLOT = Form.of("one item", lines -> {
        var item = lines.optional(
                "item", Kind.idOrEmpty(), Optional.<String>empty(), "the currency it is credited as; empty: nothing");
        var weight = lines.required("weight", Kind.weight(), "its share, in proportion to the others");
        var quantity =
                lines.optional("quantity", Kind.integer(-1_000_000, 1_000_000), 1L, "how many; 0 and less count as 1");
        var index = lines.optional("slot_index", Kind.integer(0, 100_000), 0L, "where the wheel stops");
        return filled -> {
            filled.get(item).filter(name -> name.length() > MAX_ITEM).ifPresent(name -> {
                throw filled.refused(item, "has %d characters, expected at most %d".formatted(name.length(), MAX_ITEM));
            });
            return new Slot(filled.get(item), filled.get(weight), Math.max(1, filled.get(quantity)), filled.get(index));
        };
    });

    static final Form<LuckyItem> FORM = Form.of("one draw picks one item for the wallet", lines -> {
        var items = lines.required("items", Kind.list(Kind.object(SLOT), 1, 1_000), "what can be drawn");
        return filled -> Chances.of(filled.get(items), Slot::weight)
                .map(LuckyItem::new)
                .orElseThrow(() -> filled.refused(items, "weigh 0 in total, expected a sum above 0"));
    });

    record Slot(Optional<String> item, BigDecimal weight, long quantity, long slotIndex) {}

    @Override
    public Set<String> inputFields() {
        return Set.of();
    }

    @Override
    public Set<PrizeId> prizes() {
        return Set.of();
    }

    @Override
    public Map<PrizeId, Double> configuredOdds() {
        return slots.oddsBy(slot -> slot.item().map(Prize::itemId));
    }

    @Override
    public Result decide(Attempt attempt, Draws draws) {
        Slot slot = slots.draw(draws);
        var metadata = new LinkedHashMap<String, @Nullable Object>();
        metadata.put("slot_index", slot.slotIndex());
        metadata.put("item", slot.item().orElse(""));
        List<Win> wins = slot.item().<Win>map(item -> new Win.OfItem(item, slot.quantity())).stream()
                .toList();
        return new Result(wins, new Document(metadata), null);
    }
}
