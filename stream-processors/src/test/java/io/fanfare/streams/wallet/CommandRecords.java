package io.fanfare.streams.wallet;

import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletSpend;
import java.time.Instant;
import java.util.List;

/** Wallet commands as the outbox publishes them, for ada of tenant acme in the spring campaign. */
final class CommandRecords {

    static final String ADAS_KEY = "acme/ada";
    static final String GRACES_KEY = "acme/grace";
    static final Instant OCCURRED_AT = Instant.parse("2026-05-01T11:59:58Z");

    private CommandRecords() {}

    static WalletCommand credit(long sequence, long points) {
        return command("cmd-" + sequence, "ada", sequence, new WalletCredit(List.of(points(points))));
    }

    static WalletCommand spend(long sequence, long points) {
        return command("cmd-" + sequence, "ada", sequence, new WalletSpend(List.of(points(points))));
    }

    static WalletCommand creditFor(String player, long sequence, long points) {
        return command("cmd-" + player + "-" + sequence, player, sequence, new WalletCredit(List.of(points(points))));
    }

    static WalletCommand command(String id, String player, long sequence, Object action) {
        return WalletCommand.newBuilder()
                .setCommandId(id)
                .setTenantId("acme")
                .setScopeKey("spring")
                .setPlayerId(player)
                .setSequence(sequence)
                .setOccurredAt(OCCURRED_AT)
                .setCause(new WalletCause("play", "play_" + sequence))
                .setAction(action)
                .build();
    }

    static WalletAmount points(long amount) {
        return new WalletAmount("points", amount);
    }
}
