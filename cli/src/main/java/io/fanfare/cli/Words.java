package io.fanfare.cli;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words of a command line, sorted: options with a value, options without, and the rest in its order. A word that begins with a
 * minus and a digit or a P is no option but an amount.
 */
record Words(String command, Set<String> flags, Map<String, List<String>> values, List<String> rest) {

    private static final String AMOUNT = "-[0-9Pp].*";

    Words {
        flags = Set.copyOf(flags);
        values = Map.copyOf(values);
        rest = List.copyOf(rest);
    }

    /**
     * Sorts them.
     *
     * @param flags options without a value
     * @param valued options with one
     * @throws NotUnderstood where there is another option, or one lacks its value
     */
    static Words of(String command, List<String> words, Set<String> flags, Set<String> valued) {
        var left = new ArrayDeque<>(words);
        var given = new HashSet<String>();
        Map<String, List<String>> values = new HashMap<>();
        var rest = new ArrayList<String>();
        while (!left.isEmpty()) {
            String word = left.remove();
            if (!word.startsWith("-") || word.matches(AMOUNT)) {
                rest.add(word);
            } else if (flags.contains(word)) {
                given.add(word);
            } else if (valued.contains(word)) {
                String value = left.poll();
                if (value == null) {
                    throw new NotUnderstood("%s needs a value".formatted(word));
                }
                values.computeIfAbsent(word, _ -> new ArrayList<>()).add(value);
            } else {
                throw new NotUnderstood("%s does not know %s".formatted(command, word));
            }
        }
        return new Words(command, given, values, rest);
    }

    boolean has(String flag) {
        return flags.contains(flag);
    }

    /** All values of an option that may be repeated. */
    List<String> all(String option) {
        return values.getOrDefault(option, List.of());
    }

    /** The value of an option that may be given once. */
    Optional<String> one(String option) {
        List<String> given = all(option);
        if (given.size() > 1) {
            throw new NotUnderstood("%s is given more than once: %s".formatted(option, String.join(", ", given)));
        }
        return given.stream().findFirst();
    }

    /** A whole number in these bounds. */
    int number(String option, int otherwise, int least, int most) {
        return one(option)
                .map(text -> {
                    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
                        return Integer.parseInt(text);
                    }
                    throw new NotUnderstood(
                            "%s needs a number from %d to %d, not '%s'".formatted(option, least, most, text));
                })
                .orElse(otherwise);
    }

    /** The rest, of which there may be one word only. */
    Optional<String> only() {
        if (rest.size() > 1) {
            throw new NotUnderstood("%s does not know what to do with %s".formatted(command, rest.get(1)));
        }
        return rest.stream().findFirst();
    }
}
