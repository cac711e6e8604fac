package io.fanfare.engine.leaderboard;

import java.util.Arrays;

/** Which ranks players with the same score have. */
public enum TieRule {
    /** 1, 2, 3, 4: who reached the score first is ahead, then the smaller player id. */
    UNIQUE("unique"),
    /** 1, 2, 2, 4: the same rank. */
    COMPETITION("competition");

    private final String word;

    TieRule(String word) {
        this.word = word;
    }

    /** The word for it in configuration and on the wire. */
    public String word() {
        return word;
    }

    /** The rule that a word of the wire stands for. */
    public static TieRule of(String word) {
        return Arrays.stream(values())
                .filter(rule -> rule.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "tie_rule is '%s', expected unique or competition".formatted(word)));
    }
}
