package io.fanfare.engine.wallet;

import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import java.time.Instant;
import java.util.List;

/** Numbered commands that read like what happened. */
final class Commands {

    static final Currency POINTS = new Currency("points");
    static final Currency JOKERS = new Currency("jokers");

    private Commands() {}

    static NumberedCommand credit(long sequence, Money... amounts) {
        return numbered("credit-" + sequence, sequence, new Credit(List.of(amounts)));
    }

    static NumberedCommand spend(long sequence, Money... amounts) {
        return numbered("spend-" + sequence, sequence, new Spend(List.of(amounts)));
    }

    static NumberedCommand flawed(long sequence, String flaw) {
        return numbered("flawed-" + sequence, sequence, new Flawed(flaw));
    }

    static NumberedCommand numbered(String id, long sequence, WalletCommand command) {
        return new NumberedCommand(
                new CommandId(id),
                sequence,
                Instant.parse("2026-05-01T12:00:00Z").plusSeconds(sequence),
                new Cause("play", "play_" + sequence),
                command);
    }

    static Money points(long amount) {
        return new Money(POINTS, amount);
    }

    static Money jokers(long amount) {
        return new Money(JOKERS, amount);
    }
}
