package io.fanfare.engine.sequence;

/** Numbers that have not been seen while a higher one has, both ends included. */
public record Gap(long first, long last) {

    public Gap {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("gap is %d to %d, expected 1 or more, in order".formatted(first, last));
        }
    }

    boolean holds(long number) {
        return first <= number && number <= last;
    }
}
