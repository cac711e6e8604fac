package io.fanfare.play.prize;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.play.Documents;
import io.fanfare.play.prize.FulfillmentBody.Fulfillment;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Stock;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends for a prize.
 *
 * @param metadata what else is to be kept with it, in the operator's own words; players do not see it
 */
record PrizeBody(
        @Nullable String name,
        @Nullable String type,
        @Nullable String image,
        @Nullable Long value,
        @Nullable StockBody stock,
        @Nullable ConstraintsBody constraints,
        @Nullable FulfillmentBody fulfillment,
        @Nullable Document metadata) {

    /** @param total left out: there is always one more */
    record StockBody(@Nullable Long total) {}

    /** 0 is no limit. */
    record ConstraintsBody(
            @Nullable Long maxPerUser, @Nullable Long maxPerDay) {}

    /** What was read from the body. */
    record PrizeWish(PrizeDefinition definition, Stock stock) {}

    private static final int MAX_NAME = 200;
    private static final int MAX_IMAGE = 2000;
    private static final long MAX_VALUE = 1_000_000_000_000L;
    private static final long MAX_STOCK = 1_000_000_000_000L;
    private static final int MAX_METADATA = 20_000;

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    PrizeWish read(Documents documents) {
        var violations = new Violations();
        PrizeType readType = violations.requiredWord("type", type, PrizeType.VOUCHER, PrizeType::wireName);
        Fulfillment handedOut =
                requireNonNullElse(fulfillment, FulfillmentBody.NONE).read(violations, documents);
        Channel channel = handedOut.channel();
        String readName = violations.text("name", name, MAX_NAME);
        if (readType == PrizeType.LUCKY_ITEM && !readName.isEmpty() && !OpaqueId.isValid(readName)) {
            violations.add(
                    "name",
                    "is '%s', the item's name is its currency: letters, digits, '_', '-' or '.'".formatted(readName));
        }
        String readImage = violations.optionalText("image", image, MAX_IMAGE);
        long readValue = violations.number("value", value, 0, MAX_VALUE);
        long perUser = violations.number(
                "constraints.max_per_user",
                constraints == null ? null : constraints.maxPerUser(),
                0,
                Integer.MAX_VALUE);
        long perDay = violations.number(
                "constraints.max_per_day", constraints == null ? null : constraints.maxPerDay(), 0, Integer.MAX_VALUE);
        Long total = stock == null ? null : stock.total();
        violations.number("stock.total", total, 0, MAX_STOCK);
        if (readType.isCredit() && !channel.suitsCredits()) {
            violations.add(
                    "fulfillment.channel",
                    "is %s, but %s are credited".formatted(channel.wireName(), readType.wireName()));
        }
        String readMetadata = documents.text(requireNonNullElse(metadata, Document.empty()));
        if (readMetadata.length() > MAX_METADATA) {
            violations.add(
                    "metadata",
                    "has %d characters as JSON, expected at most %d".formatted(readMetadata.length(), MAX_METADATA));
        }
        violations.refuseAny();
        var definition = new PrizeDefinition(
                readName,
                readType,
                readImage,
                readValue,
                new AwardConstraints((int) perUser, (int) perDay),
                channel == Channel.VOUCHER_CODE,
                handedOut.redemption(),
                documents.text(handedOut.words()),
                readMetadata);
        return new PrizeWish(definition, total == null ? new Stock.Unlimited() : Stock.Limited.of(total));
    }
}
