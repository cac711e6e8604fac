package io.fanfare.engine.shape;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Offer.Item;
import java.util.List;
import java.util.Set;

/** {@code random_pick}: the player wins what it picked out of what it was shown. */
record PickedItem(Offer offer) implements RewardHandler {

    static final Form<PickedItem> FORM = Form.of("the player wins what it picked", lines -> {
        var offer = Offer.OfferLines.in(lines);
        return filled -> new PickedItem(offer.read(filled));
    });

    @Override
    public Set<String> inputFields() {
        return Offer.INPUT.names();
    }

    @Override
    public Set<PrizeId> prizes() {
        return offer.prizes();
    }

    /** What was not shown wins nothing, whatever the validator lets through. */
    @Override
    public Result decide(Attempt attempt, Draws draws) {
        String picked = Offer.INPUT.readPart("payload", attempt.input());
        boolean wasShown = Offer.shownIn(attempt.seed()).contains(picked);
        List<Win> wins = offer.item(picked).filter(_ -> wasShown).flatMap(Item::prize).map(Win::of).stream()
                .toList();
        return new Result(wins, Document.of("picked", picked), null);
    }

    /** Any of those shown. */
    @Override
    public Document sampleInput(Document seed, Draws draws) {
        List<String> shown = Offer.shownIn(seed);
        return Document.of("picked", shown.get(Math.toIntExact(draws.below(shown.size()))));
    }
}
