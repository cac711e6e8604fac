package io.fanfare.engine.wallet;

import io.fanfare.engine.identity.OpaqueId;

/** The campaign, merchant or tenant within which a wallet counts: its id as it is. */
public record ScopeKey(String value) implements Comparable<ScopeKey> {

    public ScopeKey {
        OpaqueId.require("scope", value);
    }

    @Override
    public int compareTo(ScopeKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
