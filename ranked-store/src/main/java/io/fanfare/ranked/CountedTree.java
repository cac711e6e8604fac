package io.fanfare.ranked;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A sorted set of byte strings that knows positions: a B+ tree whose inner nodes keep how many keys lie below each child.
 * Adding, removing, counting what is below a key and selecting by position are O(log n).
 *
 * <p>Keys compare as unsigned bytes. A leaf keeps its keys back to back in one array, so a key costs its own bytes plus
 * four, and no object. Not thread-safe: the store that owns it locks.
 *
 * <p>The counted B-tree is described by S. Tatham, "Counted B-Trees".
 */
final class CountedTree {

    private static final int LEAF_KEYS = 128;
    private static final int CHILDREN = 64;

    private Node root = new Leaf();

    int size() {
        return root.count();
    }

    /** Takes the key in; false where it was there already. */
    boolean add(byte[] key) {
        if (root.isFull()) {
            root = new Inner(root);
        }
        return root.add(key);
    }

    /** Lets go of the key; false where it was not there. */
    boolean remove(byte[] key) {
        boolean removed = root.remove(key);
        root = root.withoutNeedlessLevels();
        return removed;
    }

    /** How many keys are smaller. */
    int countBelow(byte[] key) {
        return root.countBelow(key);
    }

    /** Hands over up to {@code limit} keys in order, from the position (0 is the smallest) on. */
    void visit(int from, int limit, Consumer<byte[]> visitor) {
        if (from < 0 || limit < 0) {
            throw new IllegalArgumentException(
                    "from is %d and limit is %d, expected none below 0".formatted(from, limit));
        }
        root.visit(from, limit, visitor);
    }

    private sealed interface Node permits Leaf, Inner {

        int count();

        boolean isFull();

        boolean isSparse();

        /** Only called while this node is not full. */
        boolean add(byte[] key);

        boolean remove(byte[] key);

        int countBelow(byte[] key);

        /** As in the tree; says how many keys were handed over. */
        int visit(int from, int limit, Consumer<byte[]> visitor);

        /** Keeps the lower half and gives away the upper one. */
        Node split();

        /** Right after a split: at or below every key of this upper half, above every key of the lower one. */
        byte[] border();

        /** Appends the right neighbour, whose keys are all at or above {@code border}, where both fit well into one node. */
        boolean absorb(Node right, byte[] border);

        Node withoutNeedlessLevels();
    }

    private static final class Leaf implements Node {

        private byte[] bytes = new byte[0];
        private int[] ends = new int[4];
        private int size;

        @Override
        public int count() {
            return size;
        }

        @Override
        public boolean isFull() {
            return size == LEAF_KEYS;
        }

        @Override
        public boolean isSparse() {
            return size < LEAF_KEYS / 4;
        }

        @Override
        public boolean add(byte[] key) {
            int at = countBelow(key);
            if (holdsAt(at, key)) {
                return false;
            }
            int start = start(at);
            int end = end();
            reserve(size + 1, end + key.length);
            System.arraycopy(bytes, start, bytes, start + key.length, end - start);
            System.arraycopy(key, 0, bytes, start, key.length);
            for (int i = size; i > at; i--) {
                ends[i] = ends[i - 1] + key.length;
            }
            ends[at] = start + key.length;
            size++;
            return true;
        }

        @Override
        public boolean remove(byte[] key) {
            int at = countBelow(key);
            if (!holdsAt(at, key)) {
                return false;
            }
            int start = start(at);
            System.arraycopy(bytes, start + key.length, bytes, start, end() - start - key.length);
            for (int i = at; i < size - 1; i++) {
                ends[i] = ends[i + 1] - key.length;
            }
            size--;
            return true;
        }

        @Override
        public int countBelow(byte[] key) {
            int low = 0;
            int high = size;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (compareAt(middle, key) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        public int visit(int from, int limit, Consumer<byte[]> visitor) {
            int last = Math.min(size - from, limit) + from;
            for (int i = from; i < last; i++) {
                visitor.accept(keyAt(i));
            }
            return Math.max(0, last - from);
        }

        @Override
        public Node split() {
            int middle = size / 2;
            int border = start(middle);
            var upper = new Leaf();
            upper.append(this, middle, size);
            // Copied, not cut in place: a leaf of old entries would otherwise keep the room of the full one for ever.
            bytes = Arrays.copyOf(bytes, border);
            ends = Arrays.copyOf(ends, middle);
            size = middle;
            return upper;
        }

        @Override
        public byte[] border() {
            return keyAt(0);
        }

        @Override
        public boolean absorb(Node right, byte[] border) {
            if (!(right instanceof Leaf leaf) || size + leaf.size > LEAF_KEYS * 3 / 4) {
                return false;
            }
            append(leaf, 0, leaf.size);
            return true;
        }

        @Override
        public Node withoutNeedlessLevels() {
            return this;
        }

        private void append(Leaf other, int from, int to) {
            int start = other.start(from);
            int length = other.start(to) - start;
            int end = end();
            reserve(size + to - from, end + length);
            System.arraycopy(other.bytes, start, bytes, end, length);
            for (int i = from; i < to; i++) {
                ends[size++] = other.ends[i] - start + end;
            }
        }

        private void reserve(int keys, int length) {
            if (keys > ends.length) {
                ends = Arrays.copyOf(ends, Math.min(LEAF_KEYS, Math.max(keys, ends.length + ends.length / 2)));
            }
            if (length > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length, bytes.length + bytes.length / 4));
            }
        }

        private boolean holdsAt(int index, byte[] key) {
            return index < size && compareAt(index, key) == 0;
        }

        private int compareAt(int index, byte[] key) {
            return Arrays.compareUnsigned(bytes, start(index), ends[index], key, 0, key.length);
        }

        private byte[] keyAt(int index) {
            return Arrays.copyOfRange(bytes, start(index), ends[index]);
        }

        private int start(int index) {
            return index == 0 ? 0 : ends[index - 1];
        }

        private int end() {
            return start(size);
        }
    }

    private static final class Inner implements Node {

        private final Node[] children = new Node[CHILDREN];
        private final int[] counts = new int[CHILDREN];
        /** Keys of child i are at or above borders[i] and below borders[i + 1]; that of child 0 is never looked at. */
        private final byte[][] borders = new byte[CHILDREN][];

        private int size;
        private int total;

        private Inner() {}

        Inner(Node only) {
            children[0] = only;
            counts[0] = only.count();
            borders[0] = new byte[0];
            size = 1;
            total = counts[0];
        }

        @Override
        public int count() {
            return total;
        }

        @Override
        public boolean isFull() {
            return size == CHILDREN;
        }

        @Override
        public boolean isSparse() {
            return size < CHILDREN / 4;
        }

        @Override
        public boolean add(byte[] key) {
            int at = childFor(key);
            if (children[at].isFull()) {
                splitChild(at);
                at = childFor(key);
            }
            boolean added = children[at].add(key);
            if (added) {
                counts[at]++;
                total++;
            }
            return added;
        }

        @Override
        public boolean remove(byte[] key) {
            int at = childFor(key);
            if (!children[at].remove(key)) {
                return false;
            }
            counts[at]--;
            total--;
            if (counts[at] == 0 && size > 1) {
                cutOut(at);
            } else if (children[at].isSparse() && size > 1) {
                int left = at == size - 1 ? at - 1 : at;
                if (children[left].absorb(children[left + 1], borders[left + 1])) {
                    counts[left] += counts[left + 1];
                    cutOut(left + 1);
                }
            }
            return true;
        }

        @Override
        public int countBelow(byte[] key) {
            int at = childFor(key);
            int below = 0;
            for (int i = 0; i < at; i++) {
                below += counts[i];
            }
            return below + children[at].countBelow(key);
        }

        @Override
        public int visit(int from, int limit, Consumer<byte[]> visitor) {
            int skip = from;
            int visited = 0;
            for (int i = 0; i < size && visited < limit; i++) {
                if (skip >= counts[i]) {
                    skip -= counts[i];
                } else {
                    visited += children[i].visit(skip, limit - visited, visitor);
                    skip = 0;
                }
            }
            return visited;
        }

        @Override
        public Node split() {
            int middle = size / 2;
            var upper = new Inner();
            upper.append(this, middle, size);
            Arrays.fill(children, middle, size, null);
            Arrays.fill(borders, middle, size, null);
            size = middle;
            total -= upper.total;
            return upper;
        }

        @Override
        public byte[] border() {
            return borders[0];
        }

        @Override
        public boolean absorb(Node right, byte[] border) {
            if (!(right instanceof Inner inner) || size + inner.size > CHILDREN * 3 / 4) {
                return false;
            }
            int first = size;
            append(inner, 0, inner.size);
            borders[first] = border;
            return true;
        }

        @Override
        public Node withoutNeedlessLevels() {
            return size == 1 ? children[0].withoutNeedlessLevels() : this;
        }

        /** The last child that starts at or below the key. */
        private int childFor(byte[] key) {
            int low = 0;
            int high = size - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (Arrays.compareUnsigned(borders[middle], key) <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        private void splitChild(int at) {
            Node upper = children[at].split();
            int right = at + 1;
            System.arraycopy(children, right, children, right + 1, size - right);
            System.arraycopy(counts, right, counts, right + 1, size - right);
            System.arraycopy(borders, right, borders, right + 1, size - right);
            children[right] = upper;
            counts[right] = upper.count();
            borders[right] = upper.border();
            counts[at] -= counts[right];
            size++;
        }

        private void cutOut(int at) {
            System.arraycopy(children, at + 1, children, at, size - at - 1);
            System.arraycopy(counts, at + 1, counts, at, size - at - 1);
            System.arraycopy(borders, at + 1, borders, at, size - at - 1);
            size--;
            Arrays.fill(children, size, size + 1, null);
            Arrays.fill(borders, size, size + 1, null);
        }

        private void append(Inner other, int from, int to) {
            for (int i = from; i < to; i++) {
                children[size] = other.children[i];
                counts[size] = other.counts[i];
                borders[size] = other.borders[i];
                total += other.counts[i];
                size++;
            }
        }
    }
}
