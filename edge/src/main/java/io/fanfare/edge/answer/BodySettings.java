package io.fanfare.edge.answer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/** @param maxBody largest body of a request that is taken */
@ConfigurationProperties("fanfare.http")
record BodySettings(@DefaultValue("256KB") DataSize maxBody) {

    BodySettings {
        if (maxBody.toBytes() < 1024) {
            throw new IllegalArgumentException("fanfare.http.max-body is %s, expected at least 1KB".formatted(maxBody));
        }
    }
}
