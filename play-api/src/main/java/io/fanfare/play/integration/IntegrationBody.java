package io.fanfare.play.integration;

import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.edge.outbound.OutboundAddressGuard.Verdict;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.IntegrationDraft;
import io.fanfare.store.integration.IntegrationStatus;
import io.fanfare.store.integration.IntegrationType;
import io.fanfare.store.integration.WebhookEndpoint;
import io.fanfare.store.integration.WebhookSecret;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends for an integration.
 *
 * @param events which ones it is told of
 * @param campaignId only events of this campaign; left out: those of all
 */
record IntegrationBody(
        @Nullable String type,
        @Nullable CampaignId campaignId,
        @Nullable List<@Nullable String> events,
        @Nullable ConfigBody config,
        @Nullable String status) {

    /** @param hmacSecret what deliveries are signed with; left out: they are not */
    record ConfigBody(@Nullable String url, @Nullable String hmacSecret) {}

    private static final int MAX_URL = 2000;
    private static final URI NOWHERE = URI.create("http://refused.invalid");

    /** Refused as VALIDATION_FAILED, with every field that is wrong. */
    IntegrationDraft read(Caller caller, OutboundAddressGuard guard) {
        var violations = new Violations();
        IntegrationType readType =
                violations.requiredWord("type", type, IntegrationType.WEBHOOK, IntegrationType::word);
        IntegrationStatus readStatus =
                violations.word("status", status, IntegrationStatus.ACTIVE, IntegrationStatus::word);
        if (readStatus == IntegrationStatus.DISABLED) {
            violations.add("status", "is 'disabled', expected active or paused");
        }
        Set<EventType> readEvents = events(violations);
        WebhookEndpoint endpoint = endpoint(violations, guard);
        violations.refuseAny();
        return new IntegrationDraft(caller.merchant(), campaignId, readType, readEvents, endpoint, readStatus);
    }

    private Set<EventType> events(Violations violations) {
        Set<EventType> read = EnumSet.noneOf(EventType.class);
        List<@Nullable String> words = events == null ? List.of() : events;
        if (words.isEmpty()) {
            violations.add("events", "is missing or empty");
        }
        for (int i = 0; i < words.size(); i++) {
            read.add(violations.requiredWord(
                    "events[%d]".formatted(i), words.get(i), EventType.PLAY_COMPLETED, EventType::word));
        }
        return read;
    }

    /** Something to go on with where the violations say that there is none. */
    private WebhookEndpoint endpoint(Violations violations, OutboundAddressGuard guard) {
        String url = violations.text("config.url", config == null ? null : config.url(), MAX_URL);
        @Nullable WebhookSecret secret = secret(violations);
        if (url.isBlank()) {
            return new WebhookEndpoint(NOWHERE, secret);
        }
        try {
            var endpoint = new WebhookEndpoint(URI.create(url), secret);
            requireReachable(endpoint.url(), violations, guard);
            return endpoint;
        } catch (IllegalArgumentException e) {
            violations.add("config.url", "is refused: " + e.getMessage());
            return new WebhookEndpoint(NOWHERE, secret);
        }
    }

    /** A name without an address now may have one when something is sent; then it is judged again. */
    private static void requireReachable(URI url, Violations violations, OutboundAddressGuard guard) {
        switch (guard.judge(url)) {
            case Verdict.Forbidden(String why) -> violations.add("config.url", why);
            case Verdict.Allowed _, Verdict.Unresolvable _ -> {}
        }
    }

    private @Nullable WebhookSecret secret(Violations violations) {
        String text = config == null ? null : config.hmacSecret();
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return new WebhookSecret(text);
        } catch (IllegalArgumentException e) {
            violations.add("config.hmac_secret", "is refused: " + e.getMessage());
            return null;
        }
    }
}
