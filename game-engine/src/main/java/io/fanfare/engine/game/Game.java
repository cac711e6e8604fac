package io.fanfare.engine.game;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.shape.GameShape;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One version of a game, ready to be played: its configuration has been read into the records of its shape.
 *
 * @param type what kind of game it is to people: spin_wheel, scratch_card, …
 * @param walletScope whose wallet it pays into; null = as its campaign says
 * @param revision of the configuration, from 1; every change makes a new one
 * @param campaignTerms what its campaign adds to its own rules; {@link CampaignTerms#OPEN} outside a campaign
 */
public record Game(
        GameId id,
        TenantId tenant,
        @Nullable MerchantId merchant,
        @Nullable CampaignId campaign,
        String name,
        String type,
        GameStatus status,
        GameRules rules,
        GameShape shape,
        OnUnavailable onUnavailable,
        @Nullable WalletScope walletScope,
        long revision,
        CampaignTerms campaignTerms) {

    public Game {
        requireNonNull(id, "id");
        requireNonNull(tenant, "tenant");
        requireNonNull(status, "status");
        requireNonNull(rules, "rules");
        requireNonNull(shape, "shape");
        requireNonNull(onUnavailable, "onUnavailable");
        requireNonNull(campaignTerms, "campaignTerms");
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("name has %d characters, expected 1 to 200".formatted(name.length()));
        }
        if (revision < 1) {
            throw new IllegalArgumentException("revision is %d, expected at least 1".formatted(revision));
        }
    }

    /** A game whose campaign adds nothing. */
    public Game(
            GameId id,
            TenantId tenant,
            @Nullable MerchantId merchant,
            @Nullable CampaignId campaign,
            String name,
            String type,
            GameStatus status,
            GameRules rules,
            GameShape shape,
            OnUnavailable onUnavailable,
            @Nullable WalletScope walletScope,
            long revision) {
        this(
                id,
                tenant,
                merchant,
                campaign,
                name,
                type,
                status,
                rules,
                shape,
                onUnavailable,
                walletScope,
                revision,
                CampaignTerms.OPEN);
    }

    /** The same game under the terms of its campaign. */
    public Game under(CampaignTerms terms) {
        return new Game(
                id,
                tenant,
                merchant,
                campaign,
                name,
                type,
                status,
                rules,
                shape,
                onUnavailable,
                walletScope,
                revision,
                terms);
    }

    public boolean isOpen(Instant now) {
        return status == GameStatus.ACTIVE
                && rules.hasStarted(now)
                && !rules.hasEnded(now)
                && campaignTerms.isOpen(now);
    }

    public boolean isYetToStart(Instant now) {
        boolean isOver = status == GameStatus.ENDED || rules.hasEnded(now) || campaignTerms.isOver(now);
        return !isOver && (status == GameStatus.DRAFT || !rules.hasStarted(now) || campaignTerms.isYetToStart(now));
    }

    /** Whether a guest cannot play it: it says so itself, or its campaign does. */
    public boolean requiresLogin() {
        return rules.requireLogin() || campaignTerms.requireAuth();
    }

    /** The wallet it pays into; a game outside a campaign or merchant pays into the next wider one. */
    public String walletScopeKey() {
        WalletScope scope = walletScope == null ? campaignTerms.walletScope() : walletScope;
        return scope.key(tenant, merchant, campaign);
    }
}
