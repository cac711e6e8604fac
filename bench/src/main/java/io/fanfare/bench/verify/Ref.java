package io.fanfare.bench.verify;

/** Something of a tenant: a player, a play, a session, a prize, a game, a board. */
record Ref(String tenant, String id) {

    @Override
    public String toString() {
        return tenant + "/" + id;
    }
}
