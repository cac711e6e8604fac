package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.deadletter.PoisonRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command as the engine knows it, and the wallet that it is for. */
record ReadCommand(WalletId wallet, NumberedCommand command) {

    /** More amounts than any play can win; keeps what one command writes within one record. */
    private static final int MAX_AMOUNTS = 1_000;

    /**
     * Reads a record of the topic.
     *
     * @throws PoisonRecord where it does not say which number of which wallet it is; wrong content is not poison but {@link
     *     Flawed}, because its number must be used
     */
    static ReadCommand of(@Nullable String key, io.fanfare.events.@Nullable WalletCommand value) {
        if (value == null) {
            throw new PoisonRecord("a wallet command without a value, key '%s'".formatted(key));
        }
        ReadCommand read = identified(value);
        String expectedKey = Topics.playerKey(value.getTenantId(), value.getPlayerId());
        if (!expectedKey.equals(key)) {
            throw new PoisonRecord("key is '%s', expected '%s'".formatted(key, expectedKey));
        }
        return read;
    }

    private static ReadCommand identified(io.fanfare.events.WalletCommand value) {
        try {
            var wallet = new WalletId(
                    new TenantId(value.getTenantId()),
                    new PlayerId(value.getPlayerId()),
                    new ScopeKey(value.getScopeKey()));
            var command = new NumberedCommand(
                    new CommandId(value.getCommandId()),
                    value.getSequence(),
                    value.getOccurredAt(),
                    new Cause(value.getCause().getReason(), value.getCause().getRefId()),
                    action(value.getAction()));
            return new ReadCommand(wallet, command);
        } catch (IllegalArgumentException e) {
            throw new PoisonRecord("wallet command '%s': %s".formatted(value.getCommandId(), e.getMessage()), e);
        }
    }

    private static WalletCommand action(Object action) {
        try {
            return switch (action) {
                case WalletCredit credit -> new Credit(amounts(credit.getAmounts()));
                case WalletSpend spend -> new Spend(amounts(spend.getAmounts()));
                default ->
                    new Flawed(
                            "action %s is not known".formatted(action.getClass().getSimpleName()));
            };
        } catch (IllegalArgumentException e) {
            return new Flawed(String.valueOf(e.getMessage()));
        }
    }

    private static List<Money> amounts(List<WalletAmount> amounts) {
        if (amounts.size() > MAX_AMOUNTS) {
            throw new IllegalArgumentException(
                    "%d amounts, expected at most %d".formatted(amounts.size(), MAX_AMOUNTS));
        }
        return amounts.stream()
                .map(amount -> new Money(new Currency(amount.getCurrency()), amount.getAmount()))
                .toList();
    }
}
