package io.fanfare.engine.identity;

/** A campaign of a merchant. */
public record CampaignId(String value) implements Comparable<CampaignId> {

    public CampaignId {
        OpaqueId.require("campaign", value);
    }

    @Override
    public int compareTo(CampaignId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
