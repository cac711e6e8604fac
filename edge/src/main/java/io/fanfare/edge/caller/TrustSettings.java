package io.fanfare.edge.caller;

import java.nio.charset.StandardCharsets;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whom this process believes.
 *
 * @param devMode headers stand in for credentials; never in production
 * @param jwt how tokens are signed; in development mode it may be left out
 */
@ConfigurationProperties("fanfare")
public record TrustSettings(boolean devMode, @Nullable Jwt jwt) {

    private static final String DEVELOPMENT_SECRET = "fanfare-development-secret-not-for-production";
    private static final int MIN_BYTES = 32;

    /** @param secret for HS256, at least 32 bytes; the same for all services */
    public record Jwt(@Nullable String secret) {}

    public TrustSettings {
        String secret = secretOf(devMode, jwt);
        if (secret == null || secret.isBlank()) {
            throw new IllegalArgumentException("fanfare.jwt.secret (FANFARE_JWT_SECRET) is missing");
        }
        if (secret.getBytes(StandardCharsets.UTF_8).length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "fanfare.jwt.secret (FANFARE_JWT_SECRET) has %d bytes, expected at least %d"
                            .formatted(secret.getBytes(StandardCharsets.UTF_8).length, MIN_BYTES));
        }
        if (!devMode && secret.equals(DEVELOPMENT_SECRET)) {
            throw new IllegalArgumentException(
                    "fanfare.jwt.secret (FANFARE_JWT_SECRET) is the one of development mode, which everybody knows");
        }
        jwt = new Jwt(secret);
    }

    SecretKey signingKey() {
        String secret = jwt == null ? null : jwt.secret();
        if (secret == null) {
            throw new IllegalStateException("no secret");
        }
        return new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    private static @Nullable String secretOf(boolean devMode, @Nullable Jwt jwt) {
        String configured = jwt == null ? null : jwt.secret();
        return configured == null && devMode ? DEVELOPMENT_SECRET : configured;
    }

    /** Says nothing about the secret. */
    @Override
    public String toString() {
        return "TrustSettings[devMode=%s]".formatted(devMode);
    }
}
