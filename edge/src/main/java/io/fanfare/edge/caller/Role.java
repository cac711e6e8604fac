package io.fanfare.edge.caller;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a caller may be to the platform. */
public enum Role {
    /** Plays, and sees what is their own. */
    PLAYER,
    /** May do everything within the tenant. */
    ADMIN,
    /** Designs games, prizes, quests and boards. */
    DESIGNER,
    /** Looks after prizes, stock and fulfilment. */
    REWARD_MANAGER,
    /** Helps players. */
    SUPPORT,
    /** Another program. */
    MACHINE;

    public static Optional<Role> named(String name) {
        return Arrays.stream(values())
                .filter(role -> role.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
