package io.fanfare.edge.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

class TokensTest {

    private static final SecretKey KEY =
            new TrustSettings(false, new TrustSettings.Jwt("a secret of more than thirty-two bytes")).signingKey();
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Caller ADA = Caller.player(new TenantId("acme"), new MerchantId("shop"), new PlayerId("ada"));

    private static Tokens at(Instant now) {
        return new Tokens(KEY, Clock.fixed(now, ZoneOffset.UTC));
    }

    @Test
    void a_token_is_read_as_the_caller_it_was_minted_for() {
        var grace = new Caller(
                new TenantId("acme"), null, null, "grace@acme.example", Set.of(Role.ADMIN, Role.REWARD_MANAGER));

        assertThat(at(NOON).read(at(NOON).mint(ADA, Duration.ofMinutes(1)))).isEqualTo(ADA);
        assertThat(at(NOON).read(at(NOON).mint(grace, Duration.ofMinutes(1)))).isEqualTo(grace);
    }

    @Test
    void a_token_ends_a_little_after_its_time_because_clocks_differ() {
        String token = at(NOON).mint(ADA, Duration.ofMinutes(1));

        assertThat(at(NOON.plusSeconds(69)).read(token)).isEqualTo(ADA);
        assertUnauthenticated(at(NOON.plusSeconds(71)), token);
    }

    @Test
    void a_token_without_an_end_is_refused() {
        String token = signed(JwtClaimsSet.builder().claim("tenant_id", "acme"));

        assertUnauthenticated(at(NOON), token);
    }

    @Test
    void a_token_without_a_tenant_is_refused() {
        String token = signed(JwtClaimsSet.builder().expiresAt(NOON.plusSeconds(60)));

        assertUnauthenticated(at(NOON), token);
    }

    @Test
    void a_token_for_a_player_who_is_none_is_refused() {
        String token = signed(JwtClaimsSet.builder()
                .expiresAt(NOON.plusSeconds(60))
                .claim("tenant_id", "acme")
                .claim("roles", List.of("player")));

        assertUnauthenticated(at(NOON), token);
    }

    private static String signed(JwtClaimsSet.Builder claims) {
        var header = JwsHeader.with(MacAlgorithm.HS256).build();
        return NimbusJwtEncoder.withSecretKey(KEY)
                .build()
                .encode(JwtEncoderParameters.from(header, claims.build()))
                .getTokenValue();
    }

    private static void assertUnauthenticated(Tokens tokens, String token) {
        assertThatThrownBy(() -> tokens.read(token))
                .isInstanceOfSatisfying(
                        Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAUTHENTICATED));
    }
}
