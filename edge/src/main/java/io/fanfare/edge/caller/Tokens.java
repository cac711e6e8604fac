package io.fanfare.edge.caller;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** Callers as signed tokens (JWT, HS256), and back. */
public final class Tokens {

    private static final Duration CLOCKS_MAY_DIFFER_BY = Duration.ofSeconds(10);

    private final JwtEncoder encoder;
    private final JwtDecoder decoder;
    private final Clock clock;

    Tokens(SecretKey key, Clock clock) {
        this.clock = clock;
        this.encoder = NimbusJwtEncoder.withSecretKey(key)
                .algorithm(MacAlgorithm.HS256)
                .build();
        var decoding = NimbusJwtDecoder.withSecretKey(key)
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        var times = new JwtTimestampValidator(CLOCKS_MAY_DIFFER_BY);
        times.setClock(clock);
        decoding.setJwtValidator(times);
        this.decoder = decoding;
    }

    /** A token that lets its bearer be this caller for a while. */
    public String mint(Caller caller, Duration validFor) {
        Instant now = clock.instant();
        var claims = JwtClaimsSet.builder()
                .issuedAt(now)
                .expiresAt(now.plus(validFor))
                .claim("tenant_id", caller.tenant().value())
                .claim(
                        "roles",
                        caller.roles().stream().map(Role::wireName).sorted().toList());
        if (caller.merchant() != null) {
            claims.claim("merchant_id", caller.merchant().value());
        }
        if (caller.subject() != null) {
            claims.subject(caller.subject());
        }
        if (caller.player() != null) {
            claims.subject(caller.player().value());
            claims.claim("player_id", caller.player().value());
        }
        var header = JwsHeader.with(MacAlgorithm.HS256).type("JWT").build();
        return encoder.encode(JwtEncoderParameters.from(header, claims.build())).getTokenValue();
    }

    /** Who the bearer of a token is. Refused as UNAUTHENTICATED where it is expired, forged or makes no sense. */
    public Caller read(String token) {
        try {
            return caller(decoder.decode(token));
        } catch (JwtException _) {
            throw new Refused(Reason.UNAUTHENTICATED, "the token is expired, or not one of ours");
        } catch (IllegalArgumentException e) {
            throw new Refused(Reason.UNAUTHENTICATED, "the token makes no sense: " + e.getMessage());
        }
    }

    private static Caller caller(Jwt jwt) {
        if (jwt.getExpiresAt() == null) {
            throw new IllegalArgumentException("claim exp is missing");
        }
        TenantId tenant = claim(jwt, "tenant_id", TenantId::new);
        if (tenant == null) {
            throw new IllegalArgumentException("claim tenant_id is missing");
        }
        PlayerId player = claim(jwt, "player_id", PlayerId::new);
        return new Caller(
                tenant,
                claim(jwt, "merchant_id", MerchantId::new),
                player,
                player == null ? claim(jwt, "sub", Function.identity()) : null,
                roles(jwt.getClaimAsStringList("roles")));
    }

    private static <T> @Nullable T claim(Jwt jwt, String name, Function<String, T> type) {
        String value = jwt.getClaimAsString(name);
        return value == null || value.isEmpty() ? null : type.apply(value);
    }

    /** Roles that we do not know are for others. */
    private static Set<Role> roles(@Nullable List<String> names) {
        var roles = EnumSet.noneOf(Role.class);
        (names == null ? List.<String>of() : names)
                .forEach(name -> Role.named(name).ifPresent(roles::add));
        return roles;
    }
}
