package io.fanfare.play.prize;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.Documents;
import io.fanfare.play.Times;
import io.fanfare.store.prize.PrizeRecord;
import io.fanfare.store.prize.Stock;
import org.jspecify.annotations.Nullable;

/**
 * A prize as operators see it.
 *
 * @param stock null where there is always one more
 */
record PrizeView(
        PrizeId prizeId,
        String name,
        String type,
        @Nullable String image,
        long value,
        @Nullable StockView stock,
        ConstraintsView awardConstraints,
        Document fulfillment,
        Document metadata,
        long revision,
        long createdAt,
        long updatedAt) {

    record StockView(long total, long remaining) {

        static @Nullable StockView of(Stock stock) {
            return switch (stock) {
                case Stock.Unlimited() -> null;
                case Stock.Limited(long total, long remaining) -> new StockView(total, remaining);
            };
        }
    }

    record ConstraintsView(int maxPerUser, int maxPerDay) {}

    static PrizeView of(PrizeRecord prize, Documents documents) {
        var definition = prize.definition();
        return new PrizeView(
                prize.id(),
                definition.name(),
                definition.type().wireName(),
                definition.image(),
                definition.value(),
                StockView.of(prize.stock()),
                new ConstraintsView(
                        definition.constraints().maxPerUser(),
                        definition.constraints().maxPerDay()),
                documents.document(definition.fulfillment()),
                documents.document(definition.metadata()),
                prize.revision(),
                Times.seconds(prize.createdAt()),
                Times.seconds(prize.updatedAt()));
    }
}
