package io.fanfare.play.upkeep;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** @param notice how long before an unclaimed reward expires it is told of, once; zero: never */
@ConfigurationProperties("fanfare.rewards")
record RewardSettings(@DefaultValue("24h") Duration notice) {

    RewardSettings {
        if (notice.isNegative()) {
            throw new IllegalArgumentException("fanfare.rewards.notice is %s".formatted(notice));
        }
    }
}
