package io.fanfare.bench.verify;

/** A wallet by its key. */
record Wallet(String tenant, String scope, String player) {

    Ref owner() {
        return new Ref(tenant, player);
    }

    @Override
    public String toString() {
        return tenant + "/" + player + " in " + scope;
    }
}
