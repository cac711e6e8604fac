package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
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

    /** A command of the engine as it would have been published. */
    static WalletCommand of(WalletId wallet, NumberedCommand command) {
        String player = wallet.player().value();
        return WalletCommand.newBuilder(
                        command(command.id().value(), player, command.sequence(), action(command.command())))
                .setTenantId(wallet.tenant().value())
                .setScopeKey(wallet.scope().value())
                .setOccurredAt(command.occurredAt())
                .setCause(new WalletCause(
                        command.cause().reason(), command.cause().refId()))
                .build();
    }

    private static Object action(io.fanfare.engine.wallet.WalletCommand command) {
        return switch (command) {
            case Credit(var amounts, Activation.AtOnce _, var expiresAt)
            when expiresAt == null -> new WalletCredit(amounts(amounts));
            case Credit credit -> onTerms(credit);
            case CreditEach(var credits) ->
                new WalletCreditEach(credits.stream().map(each -> onTerms(each)).toList());
            case Spend(var amounts) -> new WalletSpend(amounts(amounts));
            case Require(var grant, var earned) -> new WalletRequire(grant, amount(earned));
            case PlaceHold(var hold, var money, var until) -> new WalletHold(hold.value(), amount(money), until);
            case PostHold(var hold, var amount) -> new WalletHoldPost(hold.value(), amount);
            case VoidHold(var hold) -> new WalletHoldVoid(hold.value());
            case Convert(var from, var to, var rate) ->
                new WalletConvert(amount(from), to.code(), rate.from(), rate.to());
            case Adjust(var currency, var delta, var counts) -> new WalletAdjust(currency.code(), delta, counts);
            case Reverse(var sequences, var partial, var reversible) ->
                new WalletReverse(sequences, partial, reversible);
            case TransferOut(var money, var givesBack) -> new WalletTransferOut(amount(money), givesBack);
            case TransferIn(var money, var lots) ->
                new WalletTransferIn(
                        amount(money),
                        lots.stream()
                                .map(lot -> new WalletLot(lot.expiresAt(), lot.amount()))
                                .toList());
            case Activate(var action) -> new WalletActivate(action);
            case NoOp _ -> new WalletNoOp();
            case Flawed _ -> new WalletSpend(List.of(points(-1)));
        };
    }

    private static WalletCreditOnTerms onTerms(Credit credit) {
        return new WalletCreditOnTerms(
                amounts(credit.amounts()),
                credit.activation() instanceof Activation.At(Instant time) ? time : null,
                credit.activation() instanceof Activation.OnAction(String action) ? action : null,
                credit.expiresAt());
    }

    private static List<WalletAmount> amounts(List<Money> amounts) {
        return amounts.stream().map(CommandRecords::amount).toList();
    }

    private static WalletAmount amount(Money money) {
        return new WalletAmount(money.currency().code(), money.amount());
    }
}
