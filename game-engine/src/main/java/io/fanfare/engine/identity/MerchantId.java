package io.fanfare.engine.identity;

/** A brand or shop of a tenant. */
public record MerchantId(String value) implements Comparable<MerchantId> {

    public MerchantId {
        OpaqueId.require("merchant", value);
    }

    @Override
    public int compareTo(MerchantId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
