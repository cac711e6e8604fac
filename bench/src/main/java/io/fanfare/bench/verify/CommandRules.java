package io.fanfare.bench.verify;

import static io.fanfare.bench.verify.RecountedWallet.BREAKAGE;
import static io.fanfare.bench.verify.RecountedWallet.ISSUANCE;
import static io.fanfare.bench.verify.RecountedWallet.REDEMPTION;

import io.fanfare.bench.verify.RecountedWallet.Held;
import io.fanfare.bench.verify.RecountedWallet.Promise;
import io.fanfare.events.WalletActivate;
import io.fanfare.events.WalletAdjust;
import io.fanfare.events.WalletAmount;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each command does to a wallet, written down a second time. */
final class CommandRules {

    private static final String INSUFFICIENT = "INSUFFICIENT_BALANCE";
    private static final String LIMIT = "LIMIT_REACHED";
    private static final String INVALID = "INVALID_COMMAND";
    private static final String EXISTS = "ALREADY_EXISTS";
    private static final String NOT_FOUND = "NOT_FOUND";
    private static final String TRANSFER = "transfer";
    private static final int MOST_HOLDS = 256;
    private static final int MOST_PROMISES = 4_096;
    private static final int MOST_GRANTS = 1_000;
    private static final int MOST_AMOUNTS = 1_000;
    private static final int MOST_CREDITS = 1_000;
    private static final int MOST_LOTS = 513;
    private static final int LONGEST = 100;

    private CommandRules() {}

    /**
     * Does to a wallet what a command says.
     *
     * @return why it is refused, and then the wallet is to be thrown away; null where it is carried out
     * @throws ArithmeticException where something would not fit into 64 bits
     */
    static @Nullable String apply(RecountedWallet wallet, WalletCommand command, WalletHistory history) {
        return switch (command.getAction()) {
            case WalletCredit credit -> credit(wallet, credit);
            case WalletCreditOnTerms credit -> creditOnTerms(wallet, command.getSequence(), credit);
            case WalletCreditEach each -> creditEach(wallet, command.getSequence(), each);
            case WalletSpend spend -> spend(wallet, spend);
            case WalletRequire require -> require(wallet, require);
            case WalletHold hold -> hold(wallet, hold);
            case WalletHoldPost post -> post(wallet, post);
            case WalletHoldVoid voided -> voided(wallet, voided);
            case WalletConvert convert -> convert(wallet, convert);
            case WalletAdjust adjust -> adjust(wallet, adjust);
            case WalletReverse reverse -> ReversalRules.apply(wallet, reverse, history);
            case WalletTransferOut out -> transferOut(wallet, out, history);
            case WalletTransferIn in -> transferIn(wallet, in);
            case WalletActivate activate -> activate(wallet, activate);
            case WalletNoOp _ -> null;
            default -> INVALID;
        };
    }

    private static @Nullable String credit(RecountedWallet wallet, WalletCredit credit) {
        if (!areAmounts(credit.getAmounts())) {
            return INVALID;
        }
        credit.getAmounts()
                .forEach(amount -> wallet.give(amount.getCurrency(), amount.getAmount(), ISSUANCE, List.of()));
        return null;
    }

    private static @Nullable String creditOnTerms(RecountedWallet wallet, long sequence, WalletCreditOnTerms credit) {
        String action = credit.getActivatesOn();
        boolean saysBoth = credit.getActivatesAt() != null && action != null;
        if (!areAmounts(credit.getAmounts()) || saysBoth || (action != null && !isId(action))) {
            return INVALID;
        }
        boolean isDue = action == null
                && (credit.getActivatesAt() == null || !credit.getActivatesAt().isAfter(wallet.clock()));
        if (!isDue && wallet.promises().size() + credit.getAmounts().size() > MOST_PROMISES) {
            return LIMIT;
        }
        for (WalletAmount amount : credit.getAmounts()) {
            var promise = new Promise(
                    sequence,
                    amount.getCurrency(),
                    amount.getAmount(),
                    credit.getActivatesAt(),
                    action,
                    credit.getExpiresAt());
            if (isDue) {
                wallet.give(amount.getCurrency(), amount.getAmount(), ISSUANCE, promise.lots());
            } else {
                wallet.promise(promise);
            }
        }
        return null;
    }

    private static @Nullable String creditEach(RecountedWallet wallet, long sequence, WalletCreditEach each) {
        if (each.getCredits().isEmpty() || each.getCredits().size() > MOST_CREDITS) {
            return INVALID;
        }
        for (WalletCreditOnTerms credit : each.getCredits()) {
            String refusal = creditOnTerms(wallet, sequence, credit);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable String spend(RecountedWallet wallet, WalletSpend spend) {
        if (!areAmounts(spend.getAmounts())) {
            return INVALID;
        }
        for (WalletAmount amount : spend.getAmounts()) {
            String refusal = take(wallet, amount, REDEMPTION);
            if (refusal != null) {
                return refusal;
            }
        }
        return null;
    }

    private static @Nullable String require(RecountedWallet wallet, WalletRequire require) {
        WalletAmount earned = require.getEarned();
        if (!isAmount(earned) || !isId(require.getGrant())) {
            return INVALID;
        }
        if (wallet.grants().contains(require.getGrant())) {
            return EXISTS;
        }
        if (wallet.earned(earned.getCurrency()) < earned.getAmount()) {
            return "BELOW_THRESHOLD";
        }
        if (wallet.grants().size() >= MOST_GRANTS) {
            return LIMIT;
        }
        wallet.grants().add(require.getGrant());
        return null;
    }

    private static @Nullable String hold(RecountedWallet wallet, WalletHold hold) {
        WalletAmount amount = hold.getAmount();
        if (!isId(hold.getHoldId()) || !isAmount(amount)) {
            return INVALID;
        }
        if (wallet.holds().containsKey(hold.getHoldId())) {
            return EXISTS;
        }
        if (wallet.holds().size() >= MOST_HOLDS) {
            return LIMIT;
        }
        if (!wallet.covers(amount)) {
            return INSUFFICIENT;
        }
        wallet.hold(
                new Held(hold.getHoldId(), amount.getCurrency(), amount.getAmount(), List.of(), hold.getExpiresAt()));
        return null;
    }

    private static @Nullable String post(RecountedWallet wallet, WalletHoldPost post) {
        Long asked = post.getAmount();
        if (!isId(post.getHoldId()) || (asked != null && asked < 1)) {
            return INVALID;
        }
        Held held = wallet.holds().get(post.getHoldId());
        if (held == null) {
            return NOT_FOUND;
        }
        long spent = asked == null ? held.amount() : asked;
        if (spent > held.amount()) {
            return INSUFFICIENT;
        }
        wallet.endHold(held, spent);
        return null;
    }

    private static @Nullable String voided(RecountedWallet wallet, WalletHoldVoid voided) {
        if (!isId(voided.getHoldId())) {
            return INVALID;
        }
        Held held = wallet.holds().get(voided.getHoldId());
        if (held == null) {
            return NOT_FOUND;
        }
        wallet.endHold(held, 0);
        return null;
    }

    private static @Nullable String convert(RecountedWallet wallet, WalletConvert convert) {
        WalletAmount from = convert.getFrom();
        long in = convert.getRateFrom();
        long out = convert.getRateTo();
        boolean isToItself = from.getCurrency().equals(convert.getToCurrency());
        if (!isAmount(from) || !isCurrency(convert.getToCurrency()) || isToItself || in < 1 || out < 1) {
            return INVALID;
        }
        if (!wallet.covers(from)) {
            return INSUFFICIENT;
        }
        long given = Math.multiplyExact(from.getAmount(), out) / in;
        long needed = Math.multiplyExact(given, in);
        long taken = needed / out + (needed % out == 0 ? 0 : 1);
        if (given == 0) {
            return "NOTHING_TO_CONVERT";
        }
        wallet.take(from.getCurrency(), taken, "conversion", List.of());
        wallet.give(convert.getToCurrency(), given, "conversion", List.of());
        return null;
    }

    private static @Nullable String adjust(RecountedWallet wallet, WalletAdjust adjust) {
        long delta = adjust.getDelta();
        if (!isCurrency(adjust.getCurrency()) || delta == 0 || delta == Long.MIN_VALUE) {
            return INVALID;
        }
        if (delta > 0) {
            wallet.give(adjust.getCurrency(), delta, adjust.getCountsAsEarned() ? ISSUANCE : BREAKAGE, List.of());
            return null;
        }
        return take(wallet, new WalletAmount(adjust.getCurrency(), -delta), BREAKAGE);
    }

    private static @Nullable String transferOut(RecountedWallet wallet, WalletTransferOut out, WalletHistory history) {
        WalletAmount amount = out.getAmount();
        Long givesBack = out.getGivesBack();
        if (!isAmount(amount) || (givesBack != null && givesBack < 1)) {
            return INVALID;
        }
        if (!wallet.covers(amount)) {
            return INSUFFICIENT;
        }
        wallet.take(
                amount.getCurrency(),
                amount.getAmount(),
                TRANSFER,
                givesBack == null ? List.of() : broughtBy(history.of(givesBack), amount.getCurrency()));
        return null;
    }

    /** In which lots a transfer of a currency came; none where no such transfer did. */
    private static List<LotPart> broughtBy(WalletHistory.@Nullable Done done, String currency) {
        if (done == null) {
            return List.of();
        }
        return done.postings().stream()
                .filter(posting -> posting.counterAccount().equals(TRANSFER)
                        && posting.amount() > 0
                        && posting.currency().equals(currency))
                .findFirst()
                .map(posting ->
                        posting.lots().isEmpty() ? List.of(new LotPart(null, posting.amount())) : posting.lots())
                .orElse(List.of());
    }

    private static @Nullable String transferIn(RecountedWallet wallet, WalletTransferIn in) {
        WalletAmount amount = in.getAmount();
        List<WalletLot> lots = in.getLots();
        if (!isAmount(amount) || lots.size() > MOST_LOTS || !areOf(lots, amount.getAmount())) {
            return INVALID;
        }
        List<LotPart> parts = lots.stream()
                .map(lot -> new LotPart(lot.getExpiresAt(), lot.getAmount()))
                .toList();
        wallet.give(amount.getCurrency(), amount.getAmount(), TRANSFER, parts);
        return null;
    }

    private static boolean areOf(List<WalletLot> lots, long amount) {
        long left = amount;
        for (WalletLot lot : lots) {
            if (lot.getAmount() < 1 || lot.getAmount() > left) {
                return false;
            }
            left -= lot.getAmount();
        }
        return lots.isEmpty() || left == 0;
    }

    private static @Nullable String activate(RecountedWallet wallet, WalletActivate activate) {
        if (!isId(activate.getAction())) {
            return INVALID;
        }
        List.copyOf(wallet.promises()).stream()
                .filter(promise -> activate.getAction().equals(promise.action()))
                .forEach(wallet::keep);
        return null;
    }

    private static @Nullable String take(RecountedWallet wallet, WalletAmount amount, String to) {
        if (!wallet.covers(amount)) {
            return INSUFFICIENT;
        }
        wallet.take(amount.getCurrency(), amount.getAmount(), to, List.of());
        return null;
    }

    private static boolean areAmounts(List<WalletAmount> amounts) {
        return amounts.size() <= MOST_AMOUNTS && amounts.stream().allMatch(CommandRules::isAmount);
    }

    private static boolean isAmount(WalletAmount amount) {
        return amount.getAmount() > 0 && isCurrency(amount.getCurrency());
    }

    private static boolean isCurrency(String name) {
        return !name.isBlank() && name.length() <= LONGEST && name.chars().noneMatch(Character::isISOControl);
    }

    private static boolean isId(String id) {
        return id.matches("[A-Za-z0-9_.-]{1,%d}".formatted(LONGEST));
    }
}
