package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.shape.Offer.Item;
import java.util.ArrayList;
import java.util.List;

/** {@code random_pick}: chance picks some of the items, each by its weight and once, and the player is shown them. */
record RandomPick(Offer offer) implements SeedGenerator {

    static final Form<RandomPick> FORM = Form.of("chance picks the items that are shown", lines -> {
        var offer = Offer.OfferLines.in(lines);
        return filled -> new RandomPick(offer.read(filled));
    });

    @Override
    public Document generate(Draws draws) {
        List<Item> picked = new ArrayList<>();
        while (picked.size() < offer.shown()) {
            offer.items().draw(draws, item -> !picked.contains(item)).ifPresent(picked::add);
        }
        return Document.of("items", picked.stream().map(Item::shown).toList());
    }
}
