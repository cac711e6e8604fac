package io.fanfare.store.integration;

import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook goes and how it is signed. Whether the address may be reached at all is judged when something is sent:
 * what a name points to can change.
 *
 * @param url absolute, http or https, without user and fragment
 * @param secretOrNull without one, deliveries carry no signature
 */
public record WebhookEndpoint(URI url, @Nullable WebhookSecret secretOrNull) {

    private static final int MAX_LENGTH = 2000;

    public WebhookEndpoint {
        String text = url.toString();
        if (text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "url has %d characters, expected at most %d".formatted(text.length(), MAX_LENGTH));
        }
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw new IllegalArgumentException("url is '%s', expected http(s)://host…".formatted(text));
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            throw new IllegalArgumentException("url has a user or a fragment, expected neither");
        }
    }

    public Optional<WebhookSecret> secret() {
        return Optional.ofNullable(secretOrNull);
    }
}
