package io.fanfare.standalone;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A part that is not a service and has no program of its own, as a process of a cluster. */
enum MemberProgram {
    BROKER,
    CONNECT;

    /** On the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<MemberProgram> named(String word) {
        return Arrays.stream(values())
                .filter(program -> program.word().equals(word))
                .findFirst();
    }
}
