package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.Holding;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Activate;
import io.fanfare.engine.wallet.WalletCommand.Adjust;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletCommand.PlaceHold;
import io.fanfare.engine.wallet.WalletCommand.PostHold;
import io.fanfare.engine.wallet.WalletCommand.Require;
import io.fanfare.engine.wallet.WalletCommand.Reverse;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletCommand.VoidHold;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletActivate;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletConvert;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletCreditEach;
import io.fanfare.events.WalletCreditOnTerms;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletLot;
import io.fanfare.events.WalletNoOp;
import io.fanfare.events.WalletRequire;
import io.fanfare.events.WalletReverse;
import io.fanfare.events.WalletSpend;
import io.fanfare.events.WalletTransferIn;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.deadletter.PoisonRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command as the engine knows it, and the wallet that it is for. */
record ReadCommand(WalletId wallet, NumberedCommand command) {

    /** More amounts than any play can win; keeps what one command writes within one record. */
    private static final int MAX_AMOUNTS = 1_000;

    /** As many as one amount can be drawn from, and what never expires. */
    private static final int MAX_LOTS = Holding.MAX_LOTS + 1;

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
                case WalletCreditOnTerms credit -> onTerms(credit);
                case WalletCreditEach each ->
                    new CreditEach(
                            each.getCredits().stream().map(ReadCommand::onTerms).toList());
                case WalletRequire require -> new Require(require.getGrant(), money(require.getEarned()));
                case WalletHold hold ->
                    new PlaceHold(new HoldId(hold.getHoldId()), money(hold.getAmount()), hold.getExpiresAt());
                case WalletHoldPost post -> new PostHold(new HoldId(post.getHoldId()), post.getAmount());
                case WalletHoldVoid voided -> new VoidHold(new HoldId(voided.getHoldId()));
                case WalletConvert convert ->
                    new Convert(
                            money(convert.getFrom()),
                            new Currency(convert.getToCurrency()),
                            new ConversionRate(convert.getRateFrom(), convert.getRateTo()));
                case WalletAdjust adjust ->
                    new Adjust(new Currency(adjust.getCurrency()), adjust.getDelta(), adjust.getCountsAsEarned());
                case WalletReverse reverse ->
                    new Reverse(reverse.getSequences(), reverse.getPartial(), reverse.getReversible());
                case WalletTransferOut transfer ->
                    new TransferOut(money(transfer.getAmount()), transfer.getGivesBack());
                case WalletTransferIn transfer -> new TransferIn(money(transfer.getAmount()), lots(transfer.getLots()));
                case WalletActivate activate -> new Activate(activate.getAction());
                case WalletNoOp _ -> new NoOp();
                default ->
                    new Flawed(
                            "action %s is not known".formatted(action.getClass().getSimpleName()));
            };
        } catch (IllegalArgumentException | ArithmeticException e) {
            return new Flawed(String.valueOf(e.getMessage()));
        }
    }

    private static Credit onTerms(WalletCreditOnTerms credit) {
        return new Credit(amounts(credit.getAmounts()), activation(credit), credit.getExpiresAt());
    }

    private static Activation activation(WalletCreditOnTerms credit) {
        Instant time = credit.getActivatesAt();
        String action = credit.getActivatesOn();
        if (time != null && action != null) {
            throw new IllegalArgumentException(
                    "becomes available at %s and on '%s', expected one of them".formatted(time, action));
        }
        if (time != null) {
            return new Activation.At(time);
        }
        return action == null ? Activation.AT_ONCE : new Activation.OnAction(action);
    }

    private static Money money(WalletAmount amount) {
        return new Money(new Currency(amount.getCurrency()), amount.getAmount());
    }

    private static List<Lot> lots(List<WalletLot> lots) {
        if (lots.size() > MAX_LOTS) {
            throw new IllegalArgumentException("%d lots, expected at most %d".formatted(lots.size(), MAX_LOTS));
        }
        return lots.stream()
                .map(lot -> new Lot(lot.getExpiresAt(), lot.getAmount()))
                .toList();
    }

    private static List<Money> amounts(List<WalletAmount> amounts) {
        if (amounts.size() > MAX_AMOUNTS) {
            throw new IllegalArgumentException(
                    "%d amounts, expected at most %d".formatted(amounts.size(), MAX_AMOUNTS));
        }
        return amounts.stream().map(ReadCommand::money).toList();
    }
}
