package io.fanfare.play.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the public sides of campaigns are remembered between requests.
 *
 * @param maxAge after which one is read again even where nothing says that it has changed
 * @param maxCampaigns that are remembered
 */
@ConfigurationProperties("fanfare.public-campaigns")
record PublicCampaignSettings(
        @DefaultValue("60s") Duration maxAge,
        @DefaultValue("1000") long maxCampaigns) {

    PublicCampaignSettings {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("fanfare.public-campaigns.max-age is %s".formatted(maxAge));
        }
        if (maxCampaigns < 0) {
            throw new IllegalArgumentException("fanfare.public-campaigns.max-campaigns is %d".formatted(maxCampaigns));
        }
    }
}
