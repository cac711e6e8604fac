package io.fanfare.store.integration;

import io.fanfare.engine.identity.OpaqueId;

/** An outbound integration; the part behind the prefix is ordered by time. */
public record IntegrationId(String value) implements Comparable<IntegrationId> {

    public IntegrationId {
        OpaqueId.require("integration", value);
    }

    @Override
    public int compareTo(IntegrationId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
