package io.fanfare.store.campaign;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a campaign is in its life. Its games can be played while it is active, and their own status allows it. */
public enum CampaignStatus {
    DRAFT,
    ACTIVE,
    PAUSED,
    ENDED;

    /** As it stands on the wire: {@code active}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CampaignStatus> ofWord(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
