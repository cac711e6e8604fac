package io.fanfare.play.campaign;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the newest winners of campaigns are remembered between requests.
 *
 * @param maxAge after which they are read again; browsers and caches on the way are told to keep an answer as long. Zero: each request
 *     reads them
 * @param maxCampaigns whose winners are remembered
 */
@ConfigurationProperties("fanfare.winners")
record WinnersSettings(
        @DefaultValue("3s") Duration maxAge,
        @DefaultValue("1000") long maxCampaigns) {

    WinnersSettings {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("fanfare.winners.max-age is %s".formatted(maxAge));
        }
        if (maxCampaigns < 0) {
            throw new IllegalArgumentException("fanfare.winners.max-campaigns is %d".formatted(maxCampaigns));
        }
    }
}
