package io.fanfare.store.play;

import java.util.List;

/**
 * Free codes of a prize that are locked, in the order in which they go out.
 *
 * @param isAll there are no others; otherwise nobody has asked for more
 */
record CodePool(List<String> codes, boolean isAll) {

    static final CodePool UNASKED = new CodePool(List.of(), false);

    CodePool {
        codes = List.copyOf(codes);
    }

    boolean holds(long wanted) {
        return isAll || wanted <= codes.size();
    }
}
