package io.fanfare.engine.wallet;

import io.fanfare.engine.identity.OpaqueId;

/** The identity of a wallet command, unique for ever; the same id is the same command. */
public record CommandId(String value) {

    public CommandId {
        OpaqueId.require("command", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
