package io.fanfare.play.prize;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.play.Documents;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says of how a won unit is handed out.
 *
 * @param method an older word for channel, where {@code code} is {@code voucher_code}
 * @param channelConfig in the words of the channel, for whoever delivers
 * @param validForSeconds how long a won unit can be claimed; 0 = for ever
 * @param notification words for what the player is to be told, for whoever delivers
 */
record FulfillmentBody(
        @Nullable String redemptionMode,
        @Nullable String channel,
        @Nullable String method,
        @Nullable Document channelConfig,
        @Nullable RetryBody retry,
        @Nullable List<@Nullable String> notification,
        @Nullable Long validForSeconds) {

    static final FulfillmentBody NONE = new FulfillmentBody(null, null, null, null, null, null, null);

    private static final String CHANNEL_CONFIG = "fulfillment.channel_config";
    private static final String WEBHOOK_URL = "webhook_url";
    private static final String SECRET_REF = "hmac_secret_ref";
    private static final Set<String> WORKFLOW_FIELDS = Set.of(WEBHOOK_URL, SECRET_REF);
    private static final String SECRET = "hmac_secret";
    private static final int MAX_URL = 2000;
    private static final int MAX_SECRET_REF = 200;
    private static final int MAX_CHANNEL_CONFIG = 10_000;
    private static final int MAX_NOTIFICATIONS = 20;
    private static final int MAX_NOTIFICATION = 100;
    private static final long MAX_VALID_FOR_SECONDS = Duration.ofDays(36_500).toSeconds();

    /**
     * How a delivery that fails is tried again.
     *
     * @param maxAttempts 1 to 20; 5 where it is left out
     * @param backoff exponential (default) or fixed
     */
    record RetryBody(@Nullable Long maxAttempts, @Nullable String backoff) {

        private static final long DEFAULT_ATTEMPTS = 5;
        private static final long MAX_ATTEMPTS = 20;

        Document read(Violations violations) {
            long attempts = maxAttempts == null
                    ? DEFAULT_ATTEMPTS
                    : violations.number("fulfillment.retry.max_attempts", maxAttempts, 1, MAX_ATTEMPTS);
            Backoff read =
                    violations.word("fulfillment.retry.backoff", backoff, Backoff.EXPONENTIAL, Backoff::wireName);
            var words = new LinkedHashMap<String, Object>();
            words.put("max_attempts", attempts);
            words.put("backoff", read.wireName());
            return new Document(words);
        }
    }

    private enum Backoff {
        EXPONENTIAL,
        FIXED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was read.
     *
     * @param words the same in the operator's words
     */
    record Fulfillment(Channel channel, Redemption redemption, Document words) {}

    Fulfillment read(Violations violations, Documents documents) {
        Channel readChannel = readChannel(violations);
        Redemption.Mode mode = violations.word(
                "fulfillment.redemption_mode", redemptionMode, Redemption.Mode.ON_CLAIM, Redemption.Mode::wireName);
        long validFor = violations.number("fulfillment.valid_for_seconds", validForSeconds, 0, MAX_VALID_FOR_SECONDS);
        var redemption =
                new Redemption(mode, readChannel.isInApp(), validFor > 0 ? Duration.ofSeconds(validFor) : null);
        var words = new LinkedHashMap<String, Object>();
        words.put("redemption_mode", mode.wireName());
        words.put("channel", readChannel.wireName());
        if (channelConfig != null) {
            checkChannelConfig(channelConfig, readChannel, violations, documents);
            words.put("channel_config", channelConfig);
        }
        if (retry != null) {
            words.put("retry", retry.read(violations));
        }
        if (notification != null) {
            words.put("notification", readNotification(notification, violations));
        }
        if (validFor > 0) {
            words.put("valid_for_seconds", validFor);
        }
        return new Fulfillment(readChannel, redemption, new Document(words));
    }

    private Channel readChannel(Violations violations) {
        if (channel == null && "code".equals(method)) {
            return Channel.VOUCHER_CODE;
        }
        if (method != null) {
            violations.add("fulfillment.method", "is '%s', expected code, and no channel".formatted(method));
        }
        return violations.word("fulfillment.channel", channel, Channel.NONE, Channel::wireName);
    }

    private static void checkChannelConfig(
            Document config, Channel channel, Violations violations, Documents documents) {
        if (channel.isInApp() && !config.values().isEmpty()) {
            violations.add(CHANNEL_CONFIG, "is not empty, but channel %s sends nothing".formatted(channel.wireName()));
        }
        int length = documents.text(config).length();
        if (length > MAX_CHANNEL_CONFIG) {
            violations.add(
                    CHANNEL_CONFIG,
                    "has %d characters as JSON, expected at most %d".formatted(length, MAX_CHANNEL_CONFIG));
        }
        if (config.values().containsKey(SECRET)) {
            violations.add(
                    CHANNEL_CONFIG + "." + SECRET,
                    "is a secret, and every revision of a prize can be read; %s names one".formatted(SECRET_REF));
        }
        if (channel == Channel.EXTERNAL_WORKFLOW) {
            checkWorkflow(config, violations);
        }
    }

    private static void checkWorkflow(Document config, Violations violations) {
        config.values().keySet().stream()
                .filter(field -> !WORKFLOW_FIELDS.contains(field) && !field.equals(SECRET))
                .forEach(field -> violations.add(CHANNEL_CONFIG + "." + field, "is not known"));
        String url = text(config, WEBHOOK_URL, MAX_URL, violations);
        if (url != null && !isWebAddress(url)) {
            violations.add(
                    CHANNEL_CONFIG + "." + WEBHOOK_URL, "is '%s', expected http://… or https://…".formatted(url));
        }
        text(config, SECRET_REF, MAX_SECRET_REF, violations);
    }

    private static @Nullable String text(Document config, String field, int maxLength, Violations violations) {
        return switch (config.values().get(field)) {
            case null -> null;
            case String text -> violations.optionalText(CHANNEL_CONFIG + "." + field, text, maxLength);
            case Object _ -> {
                violations.add(CHANNEL_CONFIG + "." + field, "should be text");
                yield null;
            }
        };
    }

    private static boolean isWebAddress(String text) {
        try {
            var address = new URI(text);
            return address.getHost() != null
                    && ("https".equals(address.getScheme()) || "http".equals(address.getScheme()));
        } catch (URISyntaxException _) {
            return false;
        }
    }

    private static List<String> readNotification(List<@Nullable String> words, Violations violations) {
        if (words.size() > MAX_NOTIFICATIONS) {
            violations.add(
                    "fulfillment.notification",
                    "has %d items, expected at most %d".formatted(words.size(), MAX_NOTIFICATIONS));
            return List.of();
        }
        var read = new ArrayList<String>(words.size());
        for (int place = 0; place < words.size(); place++) {
            read.add(violations.text(
                    "fulfillment.notification[%d]".formatted(place), words.get(place), MAX_NOTIFICATION));
        }
        return read;
    }
}
