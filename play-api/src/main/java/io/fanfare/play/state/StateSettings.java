package io.fanfare.play.state;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param url where {@code /state/v1} is answered; where several are named, any of them answers everything
 * @param connectTimeout until it must take the connection
 * @param readTimeout until it must have answered; more than the two seconds that it may wait for news
 */
@ConfigurationProperties("fanfare.state")
record StateSettings(
        List<URI> url,
        @DefaultValue("500ms") Duration connectTimeout,
        @DefaultValue("3500ms") Duration readTimeout) {

    StateSettings {
        url = List.copyOf(url);
        if (url.isEmpty()) {
            throw new IllegalArgumentException("fanfare.state.url (FANFARE_STATE_URL) names no address");
        }
    }
}
