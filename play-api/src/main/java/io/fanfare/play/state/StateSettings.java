package io.fanfare.play.state;

import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url where {@code /state/v1} is answered
 * @param connectTimeout until it must take the connection
 * @param readTimeout until it must have answered; more than the two seconds that it may wait for news
 */
@ConfigurationProperties("fanfare.state")
record StateSettings(
        URI url,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("3500ms") Duration readTimeout) {}
