package io.fanfare.store.integration;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSecretTest {

    @Test
    void a_branded_secret_is_decoded_for_the_standard_signature_only() {
        var secret = new WebhookSecret("whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3");

        assertThat(secret.standardKey()).isEqualTo("0123456789abcdef01234567".getBytes(US_ASCII));
        assertThat(secret.textKey()).isEqualTo(secret.text().getBytes(US_ASCII));
    }

    @Test
    void another_text_is_its_own_key() {
        var secret = new WebhookSecret("correct-horse-battery");

        assertThat(secret.standardKey()).isEqualTo("correct-horse-battery".getBytes(US_ASCII));
    }

    @Test
    void it_does_not_show_itself() {
        var endpoint =
                new WebhookEndpoint(URI.create("https://ada.example/hook"), new WebhookSecret("correct-horse-battery"));

        String shown = endpoint.toString();

        assertThat(shown).contains("tery").doesNotContain("correct");
    }

    @Test
    void a_short_one_spares_no_characters_for_a_hint() {
        assertThat(new WebhookSecret("12345678").hint()).isEqualTo("…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "whsec_", "whsec_not base64", "with spaces inside", "gèheimnis-ñ"})
    void nonsense_is_refused_without_repeating_it(String nonsense) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WebhookSecret(nonsense))
                .withMessageStartingWith("webhook secret has")
                .withMessageNotContaining(nonsense.equals("whsec_") ? "impossible" : nonsense);
    }
}
