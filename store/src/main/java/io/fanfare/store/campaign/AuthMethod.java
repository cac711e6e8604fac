package io.fanfare.store.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How players may say who they are. */
public enum AuthMethod {
    OTP,
    CODE,
    MAGIC_LINK,
    SOCIAL;

    /** As it stands on the wire: {@code magic_link}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AuthMethod> ofWord(String word) {
        return Arrays.stream(values())
                .filter(method -> method.word().equals(word))
                .findFirst();
    }
}
