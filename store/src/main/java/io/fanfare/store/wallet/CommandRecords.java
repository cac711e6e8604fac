package io.fanfare.store.wallet;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
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
import io.fanfare.events.WalletActivate;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
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
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.OutboxEvent;
import java.time.Instant;
import java.util.List;

/** Commands as their topic carries them. */
final class CommandRecords {

    private CommandRecords() {}

    static OutboxEvent<WalletCommand> event(WalletOrder order, long number) {
        var wallet = order.wallet();
        Instant occurredAt = UtcTimes.toMillis(order.occurredAt());
        var command = WalletCommand.newBuilder()
                .setCommandId(order.id().toString())
                .setTenantId(wallet.tenant().value())
                .setScopeKey(wallet.scope().value())
                .setPlayerId(wallet.player().value())
                .setSequence(number)
                .setOccurredAt(occurredAt)
                .setCause(new WalletCause(order.cause().reason(), order.cause().refId()))
                .setAction(action(order.command()))
                .build();
        return OutboxEvent.keyed(
                wallet.tenant(),
                Topics.WALLET_COMMANDS,
                Topics.playerKey(wallet.tenant().value(), wallet.player().value()),
                command,
                order.traceparent(),
                occurredAt);
    }

    static Object action(io.fanfare.engine.wallet.WalletCommand command) {
        return switch (command) {
            case Credit credit -> credit(credit);
            case CreditEach(List<Credit> credits) ->
                new WalletCreditEach(
                        credits.stream().map(CommandRecords::onTerms).toList());
            case Spend(List<Money> amounts) -> new WalletSpend(amounts(amounts));
            case Require(String grant, Money earned) -> new WalletRequire(grant, amount(earned));
            case PlaceHold place ->
                new WalletHold(place.hold().value(), amount(place.money()), UtcTimes.toMillis(place.expiresAt()));
            case PostHold post -> new WalletHoldPost(post.hold().value(), post.amount());
            case VoidHold voided -> new WalletHoldVoid(voided.hold().value());
            case Convert convert ->
                new WalletConvert(
                        amount(convert.from()),
                        convert.to().code(),
                        convert.rate().from(),
                        convert.rate().to());
            case Adjust adjust -> new WalletAdjust(adjust.currency().code(), adjust.delta(), adjust.countsAsEarned());
            case Reverse(List<Long> sequences, boolean partial, boolean reversible) ->
                new WalletReverse(sequences, partial, reversible);
            case TransferOut(Money money, Long givesBack) -> new WalletTransferOut(amount(money), givesBack);
            case TransferIn(Money money, List<Lot> lots) -> new WalletTransferIn(amount(money), lots(lots));
            case Activate(String action) -> new WalletActivate(action);
            case NoOp() -> new WalletNoOp();
            case Flawed(String flaw) -> throw new IllegalArgumentException("no record stands for it: " + flaw);
        };
    }

    private static Object credit(Credit credit) {
        boolean isPlain = credit.activation().equals(Activation.AT_ONCE) && credit.expiresAt() == null;
        return isPlain ? new WalletCredit(amounts(credit.amounts())) : onTerms(credit);
    }

    private static WalletCreditOnTerms onTerms(Credit credit) {
        var onTerms = WalletCreditOnTerms.newBuilder()
                .setAmounts(amounts(credit.amounts()))
                .setExpiresAt(credit.expiresAt());
        return switch (credit.activation()) {
            case Activation.AtOnce() -> onTerms.build();
            case Activation.At(Instant time) ->
                onTerms.setActivatesAt(UtcTimes.toMillis(time)).build();
            case Activation.OnAction(String action) ->
                onTerms.setActivatesOn(action).build();
        };
    }

    private static List<WalletAmount> amounts(List<Money> amounts) {
        return amounts.stream().map(CommandRecords::amount).toList();
    }

    private static WalletAmount amount(Money money) {
        return new WalletAmount(money.currency().code(), money.amount());
    }

    private static List<WalletLot> lots(List<Lot> lots) {
        return lots.stream()
                .map(lot -> new WalletLot(lot.expiresAt(), lot.amount()))
                .toList();
    }
}
