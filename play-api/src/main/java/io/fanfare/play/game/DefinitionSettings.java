package io.fanfare.play.game;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How definitions are remembered between plays.
 *
 * @param maxAge after which a definition that was configured on another instance counts on this one at the latest; on the
 *     instance that took it, it counts at once. Zero: each play reads it
 * @param maxEntries of each kind
 */
@ConfigurationProperties("fanfare.definitions")
public record DefinitionSettings(
        @DefaultValue("1s") Duration maxAge,
        @DefaultValue("10000") long maxEntries) {

    public DefinitionSettings {
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("fanfare.definitions.max-age is %s".formatted(maxAge));
        }
        if (maxEntries < 0) {
            throw new IllegalArgumentException("fanfare.definitions.max-entries is %d".formatted(maxEntries));
        }
    }

    public <K, V> Cache<K, V> cache() {
        return Caffeine.newBuilder()
                .maximumSize(maxEntries)
                .expireAfterWrite(maxAge)
                .build();
    }
}
