package io.fanfare.play.campaign;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.game.WalletScope;
import io.fanfare.store.campaign.AuthMethod;
import io.fanfare.store.campaign.CampaignSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends as a campaign's settings. A rule that no play is judged by yet is refused rather than kept: nobody shall
 * believe in a limit that does not hold. What a game's own rules can do, they do.
 *
 * @param authMethods otp, code, magic_link, social: which ones the campaign's pages are to offer
 * @param collectFields what the campaign's pages are to ask players
 * @param maxPlaysPerUser of all games of the campaign together; 0 = no limit
 * @param maxPlaysPerDay the same, per UTC day
 */
record CampaignSettingsBody(
        @Nullable Boolean requireAuth,
        @Nullable List<@Nullable String> authMethods,
        @Nullable List<@Nullable String> collectFields,
        @Nullable Long maxPlaysPerUser,
        @Nullable Long maxPlaysPerDay,
        @Nullable String walletScope) {

    static final CampaignSettingsBody NONE = new CampaignSettingsBody(null, null, null, null, null, null);

    CampaignSettings read(Violations violations) {
        if (requireNonNullElse(requireAuth, false)) {
            violations.add(
                    "settings.require_auth",
                    "is true, which is not available for a campaign yet; rules.require_login of a game is");
        }
        int perUser = limit("settings.max_plays_per_user", maxPlaysPerUser, violations);
        int perDay = limit("settings.max_plays_per_day", maxPlaysPerDay, violations);
        requireOwnWallets(violations);
        return new CampaignSettings(
                false,
                CampaignBody.items(
                        "settings.auth_methods",
                        authMethods,
                        violations,
                        (place, method) -> violations.word(place, method, AuthMethod.OTP, AuthMethod::word)),
                CampaignBody.words("settings.collect_fields", collectFields, violations),
                perUser,
                perDay,
                WalletScope.CAMPAIGN);
    }

    /** Of one player, in all games of the campaign together; 0 where it cannot be read. */
    private static int limit(String field, @Nullable Long limit, Violations violations) {
        long plays = violations.number(field, limit, 0, Integer.MAX_VALUE);
        return plays >= 0 && plays <= Integer.MAX_VALUE ? (int) plays : 0;
    }

    private void requireOwnWallets(Violations violations) {
        WalletScope scope =
                violations.word("settings.wallet_scope", walletScope, WalletScope.CAMPAIGN, WalletScope::wireName);
        if (scope != WalletScope.CAMPAIGN) {
            violations.add(
                    "settings.wallet_scope",
                    "is %s, which is not available for a campaign yet; wallet_scope of a game is"
                            .formatted(scope.wireName()));
        }
    }
}
