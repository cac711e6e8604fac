package io.fanfare.engine.identity;

/** The owner of everything: no row, key or answer crosses from one tenant to another. */
public record TenantId(String value) implements Comparable<TenantId> {

    public TenantId {
        OpaqueId.require("tenant", value);
    }

    @Override
    public int compareTo(TenantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
