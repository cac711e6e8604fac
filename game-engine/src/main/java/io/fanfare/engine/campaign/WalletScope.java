package io.fanfare.engine.campaign;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.TenantId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose wallet a game pays into. */
public enum WalletScope {
    CAMPAIGN,
    MERCHANT,
    TENANT;

    public static Optional<WalletScope> named(String name) {
        return Arrays.stream(values())
                .filter(scope -> scope.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The wallet that a game of this scope pays into; outside a campaign or merchant it is that of the next wider one. */
    public String key(TenantId tenant, @Nullable MerchantId merchant, @Nullable CampaignId campaign) {
        String merchantOrTenant = merchant == null ? tenant.value() : merchant.value();
        return switch (this) {
            case CAMPAIGN -> campaign == null ? merchantOrTenant : campaign.value();
            case MERCHANT -> merchantOrTenant;
            case TENANT -> tenant.value();
        };
    }
}
