package io.fanfare.edge.answer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What one instance takes.
 *
 * @param maxBody largest body of a request
 * @param maxInFlight requests that may be under way at a time; what comes beyond is refused at once, since a heap of requests
 *     would slow down everybody's
 */
@ConfigurationProperties("fanfare.http")
record HttpSettings(
        @DefaultValue("256KB") DataSize maxBody,
        @DefaultValue("1000") int maxInFlight) {

    HttpSettings {
        if (maxBody.toBytes() < 1024) {
            throw new IllegalArgumentException("fanfare.http.max-body is %s, expected at least 1KB".formatted(maxBody));
        }
        if (maxInFlight < 1) {
            throw new IllegalArgumentException("fanfare.http.max-in-flight is %d".formatted(maxInFlight));
        }
    }
}
