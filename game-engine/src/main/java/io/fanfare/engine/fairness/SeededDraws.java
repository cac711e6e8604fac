package io.fanfare.engine.fairness;

/**
 * Draws for simulations: fast, and the same for the same seed, but neither secret nor provable. The generator is SplitMix64
 * (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014).
 */
public final class SeededDraws implements Draws {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public SeededDraws(long seed) {
        this.state = seed;
    }

    @Override
    public double next() {
        state += GOLDEN;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1.0p-53;
    }
}
