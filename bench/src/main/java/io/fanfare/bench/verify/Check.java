package io.fanfare.bench.verify;

import java.util.List;

/**
 * What became of one check.
 *
 * @param invariant its number among what must always hold; 0 where it is a condition of the others
 * @param rows how many rows it saw; a check that saw none has shown nothing and counts as failed
 * @param examples the first violations, in words
 * @param note what else is worth knowing; may be empty
 */
public record Check(int invariant, String name, long rows, long violations, List<String> examples, String note) {

    public Check {
        examples = List.copyOf(examples);
        if (rows < 0 || violations < examples.size()) {
            throw new IllegalArgumentException("%d rows, %d violations, %d examples of them: cannot be"
                    .formatted(rows, violations, examples.size()));
        }
    }

    public boolean passed() {
        return violations == 0 && rows > 0;
    }
}
