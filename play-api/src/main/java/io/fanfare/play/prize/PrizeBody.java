package io.fanfare.play.prize;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.play.Documents;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Stock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an operator sends for a prize. */
record PrizeBody(
        @Nullable String name,
        @Nullable String type,
        @Nullable String image,
        @Nullable Long value,
        @Nullable StockBody stock,
        @Nullable ConstraintsBody constraints,
        @Nullable FulfillmentBody fulfillment) {

    /** @param total left out: there is always one more */
    record StockBody(@Nullable Long total) {}

    /** 0 is no limit. */
    record ConstraintsBody(
            @Nullable Long maxPerUser, @Nullable Long maxPerDay) {}

    /**
     * @param method an older word for channel, where {@code code} is {@code voucher_code}
     * @param validForSeconds how long a won unit can be claimed; 0 = for ever
     */
    record FulfillmentBody(
            @Nullable String redemptionMode,
            @Nullable String channel,
            @Nullable String method,
            @Nullable Long validForSeconds) {

        static final FulfillmentBody NONE = new FulfillmentBody(null, null, null, null);
    }

    /** How a won unit is handed out. */
    enum Channel {
        NONE,
        VOUCHER_CODE;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was read from the body. */
    record PrizeWish(PrizeDefinition definition, Stock stock) {}

    private static final int MAX_NAME = 200;
    private static final int MAX_IMAGE = 2000;
    private static final long MAX_VALUE = 1_000_000_000_000L;
    private static final long MAX_STOCK = 1_000_000_000_000L;
    private static final long MAX_VALID_FOR_SECONDS = Duration.ofDays(36_500).toSeconds();

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    PrizeWish read(Documents documents) {
        var violations = new Violations();
        PrizeType readType = violations.requiredWord("type", type, PrizeType.VOUCHER, PrizeType::wireName);
        Channel channel = channel(violations);
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
        Redemption redemption = redemption(violations);
        Long total = stock == null ? null : stock.total();
        violations.number("stock.total", total, 0, MAX_STOCK);
        if (readType.isCredit() && channel == Channel.VOUCHER_CODE) {
            violations.add(
                    "fulfillment.channel", "is voucher_code, but %s are credited".formatted(readType.wireName()));
        }
        violations.refuseAny();
        var definition = new PrizeDefinition(
                readName,
                readType,
                readImage,
                readValue,
                new AwardConstraints((int) perUser, (int) perDay),
                channel == Channel.VOUCHER_CODE,
                redemption,
                documents.text(fulfillment(channel, redemption)));
        return new PrizeWish(definition, total == null ? new Stock.Unlimited() : Stock.Limited.of(total));
    }

    private Channel channel(Violations violations) {
        FulfillmentBody wish = requireNonNullElse(fulfillment, FulfillmentBody.NONE);
        if (wish.channel() == null && "code".equals(wish.method())) {
            return Channel.VOUCHER_CODE;
        }
        if (wish.method() != null) {
            violations.add("fulfillment.method", "is '%s', expected code, and no channel".formatted(wish.method()));
        }
        return violations.word("fulfillment.channel", wish.channel(), Channel.NONE, Channel::wireName);
    }

    /** Both channels are in the app: what the player sees is all there is. */
    private Redemption redemption(Violations violations) {
        FulfillmentBody wish = requireNonNullElse(fulfillment, FulfillmentBody.NONE);
        Redemption.Mode mode = violations.word(
                "fulfillment.redemption_mode",
                wish.redemptionMode(),
                Redemption.Mode.ON_CLAIM,
                Redemption.Mode::wireName);
        long validFor =
                violations.number("fulfillment.valid_for_seconds", wish.validForSeconds(), 0, MAX_VALID_FOR_SECONDS);
        return new Redemption(mode, true, validFor > 0 ? Duration.ofSeconds(validFor) : null);
    }

    private static Document fulfillment(Channel channel, Redemption redemption) {
        var words = new LinkedHashMap<String, Object>();
        words.put("redemption_mode", redemption.mode().wireName());
        words.put("channel", channel.wireName());
        Duration validFor = redemption.validFor();
        if (validFor != null) {
            words.put("valid_for_seconds", validFor.toSeconds());
        }
        return new Document(words);
    }
}
