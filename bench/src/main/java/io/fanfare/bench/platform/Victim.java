package io.fanfare.bench.platform;

/**
 * Processes that die together.
 *
 * @param endsPlatform whether the platform has to be launched again after this
 */
public record Victim(String name, boolean endsPlatform) {

    public Victim {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a victim needs a name");
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
