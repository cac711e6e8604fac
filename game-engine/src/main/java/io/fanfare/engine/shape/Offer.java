package io.fanfare.engine.shape;

import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Form.Filled;
import io.fanfare.engine.config.Form.Line;
import io.fanfare.engine.config.Form.Lines;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.prize.PrizeId;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The items out of which chance picks some to be shown, and the player one of these. */
record Offer(Chances<Item> items, int shown) {

    private static final int MAX_ITEMS = 500;

    private static final Form<Item> ITEM = Form.of("an item", lines -> {
        var id = lines.required("item_id", Kind.id(), "its name");
        var name = lines.optional("name", Kind.text(200), "", "what the player reads");
        var prize = lines.optional(
                "prize_id",
                PrizeKinds.PRIZE_OR_NONE,
                Optional.<PrizeId>empty(),
                "what picking it wins; empty: nothing");
        var weight = lines.optional(
                "weight", Kind.weight(), BigDecimal.ONE, "how likely it is shown, in proportion to the others");
        return filled -> new Item(filled.get(id), filled.get(name), filled.get(prize), filled.get(weight));
    });

    /** What the player sends: the one it picked. */
    static final Form<String> INPUT = Form.of("what the player picked", lines -> {
        var picked = lines.required("picked", Kind.id(), "the item_id of one that was shown");
        return filled -> filled.get(picked);
    });

    private static final Form<List<String>> SHOWN = Form.of("what a session was shown", lines -> {
        var item = Form.of("an item", inner -> {
            var id = inner.required("item_id", Kind.id(), "its name");
            return filled -> filled.get(id);
        });
        var items = lines.required("items", Kind.list(Kind.object(Form.lenient(item)), 0, MAX_ITEMS), "what was shown");
        return filled -> filled.get(items);
    });

    record Item(String id, String name, Optional<PrizeId> prize, BigDecimal weight) {

        Map<String, Object> shown() {
            return Map.of("item_id", id, "name", name);
        }
    }

    /** The lines in which seed generator and reward handler of one game read the same offer. */
    record OfferLines(Line<List<Item>> items, Line<Long> shown) {

        static OfferLines in(Lines lines) {
            return new OfferLines(
                    lines.required("items", Kind.list(Kind.object(ITEM), 1, MAX_ITEMS), "what can be shown"),
                    lines.optional("shown", Kind.integer(1, MAX_ITEMS), 3L, "how many of them a session is shown"));
        }

        Offer read(Filled filled) {
            var ids = new HashSet<String>();
            long showable = 0;
            for (Item item : filled.get(items)) {
                if (!ids.add(item.id())) {
                    throw filled.refused(items, "hold item '%s' twice".formatted(item.id()));
                }
                showable += item.weight().signum();
            }
            if (filled.get(shown) > showable) {
                throw filled.refused(
                        shown, "is %d, but %d items weigh anything".formatted(filled.get(shown), showable));
            }
            int count = Math.toIntExact(filled.get(shown));
            return Chances.of(filled.get(items), Item::weight)
                    .map(chances -> new Offer(chances, count))
                    .orElseThrow(() -> filled.refused(items, "weigh 0 in total, expected a sum above 0"));
        }
    }

    static List<String> shownIn(Document seed) {
        return SHOWN.readPart("seed", seed);
    }

    Set<PrizeId> prizes() {
        return items.things().stream().flatMap(item -> item.prize().stream()).collect(toUnmodifiableSet());
    }

    Optional<Item> item(String id) {
        return items.things().stream().filter(item -> item.id().equals(id)).findFirst();
    }
}
