package io.fanfare.store.campaign;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.WalletScope;
import java.util.List;

/**
 * What a campaign asks of its players and grants them.
 *
 * @param authMethods the ones that its pages offer
 * @param collectFields what its pages ask players about themselves
 * @param maxPlaysPerUser 0 = no limit
 * @param maxPlaysPerDay of one player; 0 = no limit
 */
public record CampaignSettings(
        boolean requireAuth,
        List<AuthMethod> authMethods,
        List<String> collectFields,
        int maxPlaysPerUser,
        int maxPlaysPerDay,
        WalletScope walletScope) {

    /** Asks nothing and limits nothing. */
    public static final CampaignSettings NONE =
            new CampaignSettings(false, List.of(), List.of(), 0, 0, WalletScope.CAMPAIGN);

    public CampaignSettings {
        authMethods = List.copyOf(authMethods);
        collectFields = List.copyOf(collectFields);
        requireNonNull(walletScope, "walletScope");
        if (maxPlaysPerUser < 0 || maxPlaysPerDay < 0) {
            throw new IllegalArgumentException("limits are %d per user and %d per day, expected 0 or more"
                    .formatted(maxPlaysPerUser, maxPlaysPerDay));
        }
    }
}
