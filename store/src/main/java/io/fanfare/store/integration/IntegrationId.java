package io.fanfare.store.integration;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fanfare.engine.identity.OpaqueId;

/** An outbound integration; the part behind the prefix is ordered by time. */
public record IntegrationId(String value) implements Comparable<IntegrationId> {

    public IntegrationId {
        OpaqueId.require("integration", value);
    }

    static IntegrationId next() {
        return new IntegrationId("intg_" + UuidCreator.getTimeOrderedEpoch());
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
