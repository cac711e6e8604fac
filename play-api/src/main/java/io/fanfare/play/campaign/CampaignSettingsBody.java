package io.fanfare.play.campaign;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.store.campaign.AuthMethod;
import io.fanfare.store.campaign.CampaignSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends as a campaign's settings.
 *
 * @param requireAuth no guest plays its games
 * @param authMethods otp, code, magic_link, social: which ones the campaign's pages are to offer
 * @param collectFields what the campaign's pages are to ask players
 * @param maxPlaysPerUser of all games of the campaign together; 0 = no limit
 * @param maxPlaysPerDay the same, per UTC day
 * @param walletScope campaign, merchant or tenant: whose wallet its games pay into, unless a game says otherwise; left out: as the
 *     merchant or the tenant says, or else campaign
 */
record CampaignSettingsBody(
        @Nullable Boolean requireAuth,
        @Nullable List<@Nullable String> authMethods,
        @Nullable List<@Nullable String> collectFields,
        @Nullable Long maxPlaysPerUser,
        @Nullable Long maxPlaysPerDay,
        @Nullable String walletScope) {

    static final CampaignSettingsBody NONE = new CampaignSettingsBody(null, null, null, null, null, null);

    CampaignSettings read(WalletScope unsaid, Violations violations) {
        int perUser = limit("settings.max_plays_per_user", maxPlaysPerUser, violations);
        int perDay = limit("settings.max_plays_per_day", maxPlaysPerDay, violations);
        return new CampaignSettings(
                requireNonNullElse(requireAuth, false),
                CampaignBody.items(
                        "settings.auth_methods",
                        authMethods,
                        violations,
                        (place, method) -> violations.word(place, method, AuthMethod.OTP, AuthMethod::word)),
                CampaignBody.words("settings.collect_fields", collectFields, violations),
                perUser,
                perDay,
                violations.word("settings.wallet_scope", walletScope, unsaid, WalletScope::wireName));
    }

    /** Of one player, in all games of the campaign together; 0 where it cannot be read. */
    private static int limit(String field, @Nullable Long limit, Violations violations) {
        long plays = violations.number(field, limit, 0, Integer.MAX_VALUE);
        return plays >= 0 && plays <= Integer.MAX_VALUE ? (int) plays : 0;
    }
}
