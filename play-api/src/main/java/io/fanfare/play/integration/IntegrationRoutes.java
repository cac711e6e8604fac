package io.fanfare.play.integration;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.outbound.OutboundAddressGuard;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.play.Times;
import io.fanfare.store.integration.EventType;
import io.fanfare.store.integration.Integration;
import io.fanfare.store.integration.IntegrationId;
import io.fanfare.store.integration.Integrations;
import io.fanfare.store.integration.Integrations.Creation;
import io.fanfare.store.integration.WebhookSecret;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and their integrations. */
@Tag(name = "integrations")
@RestController
@RequestMapping("/api/v1/admin/integrations")
final class IntegrationRoutes {

    private final Integrations integrations;
    private final OutboundAddressGuard guard;

    IntegrationRoutes(Integrations integrations, OutboundAddressGuard guard) {
        this.integrations = integrations;
        this.guard = guard;
    }

    /** @param hmacSecret the end of the secret, so that two can be told apart; null where there is none */
    record ConfigView(String url, @Nullable String hmacSecret) {}

    /** @param statusReason why it is disabled; null in the other states */
    record IntegrationView(
            String integrationId,
            String type,
            @Nullable CampaignId campaignId,
            List<String> events,
            ConfigView config,
            String status,
            @Nullable String statusReason,
            long revision,
            long createdAt) {

        static IntegrationView of(Integration integration) {
            var endpoint = integration.endpoint();
            return new IntegrationView(
                    integration.id().value(),
                    integration.type().word(),
                    integration.campaign(),
                    integration.events().stream().map(EventType::word).toList(),
                    new ConfigView(
                            endpoint.url().toString(),
                            endpoint.secret().map(WebhookSecret::hint).orElse(null)),
                    integration.status().word(),
                    integration.statusReason(),
                    integration.revision(),
                    Times.seconds(integration.createdAt()));
        }
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<IntegrationView> create(Caller caller, @RequestBody IntegrationBody body) {
        var draft = body.read(caller, guard);
        return switch (integrations.create(
                caller.tenant(), draft, TraceContext.current().traceparent())) {
            case Creation.Created(Integration integration) -> Envelope.ok(IntegrationView.of(integration));
            case Creation.TooMany(int limit) ->
                throw Refused.invalid("integration", "is one too many: a tenant may have %d".formatted(limit));
        };
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<IntegrationView> one(Caller caller, @PathVariable("id") IntegrationId id) {
        return integrations
                .find(caller.tenant(), id)
                .map(integration -> Envelope.ok(IntegrationView.of(integration)))
                .orElseThrow(() -> Refused.notFound("integration", id));
    }

    /** Newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<IntegrationView>> list(Caller caller, Paging paging) {
        var page = integrations.list(caller.tenant(), paging.after(IntegrationId::new), paging.limit());
        return Envelope.ok(Page.of(
                        page.items(),
                        page.hasMore(),
                        integration -> integration.id().value())
                .map(IntegrationView::of));
    }
}
