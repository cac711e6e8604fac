package io.fanfare.worker.sink;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Name;

/** @param secretOrNull what signatures are checked with where the request's own query names no secret */
@ConfigurationProperties("fanfare.dev.webhooks")
record SinkSettings(@Name("secret") @Nullable String secretOrNull) {

    Optional<String> secret() {
        return Optional.ofNullable(secretOrNull);
    }

    /** Says nothing about the secret. */
    @Override
    public String toString() {
        return "SinkSettings[]";
    }
}
