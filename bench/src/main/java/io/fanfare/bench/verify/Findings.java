package io.fanfare.bench.verify;

import java.util.ArrayList;
import java.util.List;

/** What one check has found so far. Keeps the first violations and counts the others. */
final class Findings {

    static final int EXAMPLES = 10;

    private final int invariant;
    private final String name;
    private final List<String> examples = new ArrayList<>();
    private long rows;
    private long violations;
    private String note = "";

    Findings(int invariant, String name) {
        this.invariant = invariant;
        this.name = name;
    }

    void saw(long more) {
        rows += more;
    }

    void violated(String violation) {
        violations++;
        if (examples.size() < EXAMPLES) {
            examples.add(violation);
        }
    }

    void note(String text) {
        note = note.isEmpty() ? text : note + "; " + text;
    }

    Check result() {
        return new Check(invariant, name, rows, violations, examples, note);
    }
}
