package io.fanfare.engine.anticheat;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How much of a player's claim is looked into. */
public enum Strictness {
    /** Nothing: what the client says is taken for true. */
    NONE,
    /** The game's validator judges it. */
    BASIC,
    /** The validator judges it, and it comes with a signed replay that adds up to it. */
    STRICT;

    public static final Map<String, Strictness> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Strictness::wireName, Function.identity()));

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
