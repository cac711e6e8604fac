package io.fanfare.bench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** How to be let in by {@code /state/v1}: a token where there is a secret to sign it with, else the headers of development mode. */
final class Credentials {

    private static final String HMAC = "HmacSHA256";
    private static final Duration VALID_FOR = Duration.ofMinutes(1);

    private final @Nullable String secret;
    private final Clock clock;

    /** @param secret of the platform's tokens; null in development mode */
    Credentials(@Nullable String secret, Clock clock) {
        this.secret = secret;
        this.clock = clock;
    }

    /** The headers of a request. */
    Map<String, String> forMachineOf(String tenant) {
        return secret == null
                ? Map.of("X-Tenant-Id", tenant, "X-Roles", "machine")
                : Map.of("Authorization", "Bearer " + token(tenant, secret));
    }

    private String token(String tenant, String key) {
        long now = clock.instant().getEpochSecond();
        String claims = "{\"iat\":%d,\"exp\":%d,\"tenant_id\":\"%s\",\"roles\":[\"machine\"]}"
                .formatted(now, now + VALID_FOR.toSeconds(), tenant);
        String unsigned =
                encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(UTF_8)) + "." + encoded(claims.getBytes(UTF_8));
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), HMAC));
            return unsigned + "." + encoded(mac.doFinal(unsigned.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + HMAC, e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
