package io.fanfare.engine.wallet;

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
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a wallet as somebody would check them with coins on a table: every coin lies in a heap with a date on it, every
 * number has one holder, and nothing is computed that can be counted. Of the engine it uses ids and commands alone.
 */
public final class NaiveLedger {

    static final String REVERSAL_REVERSED = "a reversal reversed";

    private static final BigInteger MOST = BigInteger.TWO.pow(63).subtract(BigInteger.ONE);
    private static final int WAITING_ROOM = 1_000;
    private static final Instant NEVER = Instant.MAX;

    /** What the other side of a movement is called in the books, by the total that it goes into. */
    private static final Map<String, String> COUNTER_ACCOUNTS = Map.of(
            "earned", "issuance",
            "spent", "redemption",
            "lapsed", "breakage",
            "converted", "conversion",
            "transferred", "transfer");

    private final Map<Long, NumberedCommand> holders = new HashMap<>();
    private final List<String> verdicts = new ArrayList<>();
    private final Set<String> kinds = new TreeSet<>();
    private final Map<Long, Deed> deeds = new HashMap<>();
    private final Map<String, BigInteger> mostEarned = new HashMap<>();
    private Instant today = Instant.EPOCH;
    private Table table = new Table();

    /** What a command did, as far as somebody may want it undone. */
    private static final class Deed {
        private final List<Move> moves = new ArrayList<>();
        private @Nullable Move received;
        private boolean isReversal;
        private boolean isForGood;
        private boolean isUndone;

        /** @param gain whether the player gained it; {@code heaps} by date */
        private record Move(
                String currency,
                boolean gain,
                String from,
                NavigableMap<Instant, BigInteger> heaps,
                @Nullable Promise promise) {}
    }

    private record Promise(
            String currency, BigInteger amount, @Nullable Instant at, String action, Instant date, int place) {}

    private record Aside(String currency, NavigableMap<Instant, BigInteger> heaps, Instant until) {}

    /** Everything that a command may change, so that one that fails can be forgotten whole. */
    private static final class Table {
        private final Map<String, NavigableMap<Instant, BigInteger>> heaps = new TreeMap<>();
        private final Map<String, BigInteger> totals = new TreeMap<>();
        private final Map<String, Aside> asides = new TreeMap<>();
        private final List<Promise> promises = new ArrayList<>();
        private final Set<String> grants = new HashSet<>();
        private final List<String> entries = new ArrayList<>();
        private int promisesEver;

        Table copy() {
            var copy = new Table();
            heaps.forEach((currency, dated) -> copy.heaps.put(currency, new TreeMap<>(dated)));
            copy.totals.putAll(totals);
            copy.asides.putAll(asides);
            copy.promises.addAll(promises);
            copy.grants.addAll(grants);
            copy.entries.addAll(entries);
            copy.promisesEver = promisesEver;
            return copy;
        }

        NavigableMap<Instant, BigInteger> of(String currency) {
            return heaps.computeIfAbsent(currency, _ -> new TreeMap<>());
        }

        void total(String what, String currency, BigInteger amount) {
            BigInteger after = totals.merge(what + " " + currency, amount, BigInteger::add);
            refuseIf(after.abs().compareTo(MOST) > 0, "OVERFLOW");
        }

        /** Coins came to an account of the player from another one. */
        void came(String currency, String account, String from, NavigableMap<Instant, BigInteger> heaps) {
            enter(currency, account, from, sum(heaps), heaps);
        }

        /** Coins went from an account of the player to another one. */
        void went(String currency, String account, String to, NavigableMap<Instant, BigInteger> heaps) {
            enter(currency, account, to, sum(heaps).negate(), heaps);
        }

        private void enter(
                String currency,
                String account,
                String counterAccount,
                BigInteger amount,
                NavigableMap<Instant, BigInteger> heaps) {
            if (amount.signum() != 0) {
                entries.add(inWords(currency, account, counterAccount, amount, heaps.toString()));
            }
        }
    }

    private static final class No extends RuntimeException {
        No(String why) {
            super(why, null, false, false);
        }
    }

    public String receive(NumberedCommand command) {
        String kind = judge(command);
        kinds.add(kind);
        return kind;
    }

    public void settle(Instant until) {
        letPass(until);
        noteEarnings();
    }

    private void letPass(Instant until) {
        while (true) {
            Instant next = nextDue();
            if (next == null || next.isAfter(until)) {
                return;
            }
            today = next.isAfter(today) ? next : today;
            String timedOut = firstAside(next);
            Promise kept = firstPromise(next);
            if (timedOut != null) {
                back(timedOut);
            } else if (kept != null) {
                keep(kept);
            } else {
                table.heaps.forEach((currency, dated) -> {
                    BigInteger gone = dated.remove(next);
                    if (gone != null) {
                        table.total("lapsed", currency, gone);
                        table.went(currency, "available", "breakage", heap(next, gone));
                    }
                });
            }
        }
    }

    Set<String> kindsOfOutcomes() {
        return kinds;
    }

    /** Whether a command waits for an earlier one. */
    public boolean missesOne() {
        return holders.size() > verdicts.size();
    }

    public long applied() {
        return verdicts.size();
    }

    /** The most that the player had ever earned of a currency when a command was done, or when time had passed. */
    public BigInteger mostEarned(String currency) {
        return mostEarned.getOrDefault(currency, BigInteger.ZERO);
    }

    /** What was entered into the books since this was last asked, in no order. */
    public List<String> entries() {
        List<String> entries = table.entries.stream().sorted().toList();
        table.entries.clear();
        return entries;
    }

    /**
     * An entry in the same words.
     *
     * @param lots as they are told, none where nothing of the amount expires
     */
    public static String entry(String currency, String account, String counterAccount, long amount, List<Lot> lots) {
        var dated = new LinkedHashMap<Instant, Long>();
        lots.forEach(lot -> dated.merge(lot.expiresAt() == null ? NEVER : lot.expiresAt(), lot.amount(), Long::sum));
        if (lots.isEmpty()) {
            dated.put(NEVER, Math.abs(amount));
        }
        return inWords(currency, account, counterAccount, BigInteger.valueOf(amount), dated.toString());
    }

    private static String inWords(
            String currency, String account, String counterAccount, BigInteger amount, String lots) {
        return "%s %s from %s to %s: %s".formatted(amount, currency, counterAccount, account, lots);
    }

    /** What is on the table, in words that both sides can say. */
    public Map<String, String> picture() {
        var picture = new TreeMap<String, String>();
        for (String currency : table.heaps.keySet()) {
            BigInteger available = available(currency);
            picture.put(
                    currency,
                    "available %s held %s pending %s earned %s spent %s lapsed %s converted %s transferred %s dated %s"
                            .formatted(
                                    available,
                                    held(currency),
                                    pending(currency),
                                    total("earned", currency),
                                    total("spent", currency),
                                    total("lapsed", currency),
                                    total("converted", currency),
                                    total("transferred", currency),
                                    table.heaps.get(currency).headMap(NEVER)));
        }
        picture.values().removeIf(text -> text.equals(NOTHING));
        picture.put("grants", new TreeSet<>(table.grants).toString());
        return picture;
    }

    /** A wallet in the same words. */
    public static Map<String, String> picture(WalletState state) {
        var picture = new TreeMap<String, String>();
        state.holdings().forEach((currency, holding) -> {
            var dated = new TreeMap<Instant, Long>();
            holding.lots().forEach(lot -> dated.put(lot.expiresAt(), lot.amount()));
            Balance balance = holding.balance();
            picture.put(
                    currency.code(),
                    "available %s held %s pending %s earned %s spent %s lapsed %s converted %s transferred %s dated %s"
                            .formatted(
                                    balance.available(),
                                    balance.held(),
                                    holding.pending(),
                                    balance.lifetimeEarned(),
                                    balance.lifetimeSpent(),
                                    holding.flows().lapsed(),
                                    holding.flows().converted(),
                                    holding.flows().transferred(),
                                    dated));
        });
        picture.values().removeIf(text -> text.equals(NOTHING));
        picture.put("grants", new TreeSet<>(state.grants()).toString());
        return picture;
    }

    static final String NOTHING =
            "available 0 held 0 pending 0 earned 0 spent 0 lapsed 0 converted 0 transferred 0 dated {}";

    private String judge(NumberedCommand command) {
        long done = verdicts.size();
        if (command.sequence() > done + WAITING_ROOM) {
            return "TooFarAhead";
        }
        NumberedCommand holder = holders.putIfAbsent(command.sequence(), command);
        if (holder != null && !holder.id().equals(command.id())) {
            return "Forked";
        }
        if (holder != null) {
            return command.sequence() <= done ? "Duplicate" : "AlreadyParked";
        }
        if (command.sequence() > done + 1) {
            return "Parked";
        }
        for (NumberedCommand next = command; next != null; next = holders.get(verdicts.size() + 1L)) {
            verdicts.add(book(next));
            noteEarnings();
        }
        return verdicts.get(Math.toIntExact(command.sequence() - 1));
    }

    private String book(NumberedCommand command) {
        letPass(command.occurredAt().isAfter(today) ? command.occurredAt() : today);
        today = command.occurredAt().isAfter(today) ? command.occurredAt() : today;
        Table before = table;
        table = before.copy();
        var deed = new Deed();
        try {
            Set<Long> undone = perform(command.command(), deed);
            refuseIf(hasNoRoom(), "OVERFLOW");
            deeds.put(command.sequence(), deed);
            undone.forEach(sequence -> {
                Deed old = deeds.get(sequence);
                if (old != null) {
                    old.isUndone = true;
                    if (old.isReversal) {
                        kinds.add(REVERSAL_REVERSED);
                    }
                }
            });
            return "Posted";
        } catch (No no) {
            table = before;
            return "Refused " + no.getMessage();
        }
    }

    private Set<Long> perform(WalletCommand command, Deed deed) {
        switch (command) {
            case Credit credit -> credit(credit, deed);
            case CreditEach(List<Credit> credits) -> credits.forEach(credit -> credit(credit, deed));
            case Spend(List<Money> amounts) ->
                amounts.forEach(money -> lose(code(money), amount(money), "spent", BigInteger.ONE, deed));
            case Require(String grant, Money earned) -> {
                refuseIf(table.grants.contains(grant), "ALREADY_EXISTS");
                refuseIf(total("earned", code(earned)).compareTo(amount(earned)) < 0, "BELOW_THRESHOLD");
                table.grants.add(grant);
            }
            case PlaceHold(HoldId hold, Money money, Instant until) -> {
                refuseIf(table.asides.containsKey(hold.value()), "ALREADY_EXISTS");
                var heaps = draw(code(money), amount(money));
                table.went(code(money), "available", "hold", heaps);
                table.came(code(money), "held", "hold", heaps);
                table.asides.put(hold.value(), new Aside(code(money), heaps, until));
            }
            case PostHold(HoldId hold, Long amount) -> post(hold.value(), amount, deed);
            case VoidHold(HoldId hold) -> {
                refuseIf(!table.asides.containsKey(hold.value()), "NOT_FOUND");
                back(hold.value());
            }
            case Convert convert -> convert(convert, deed);
            case Adjust(Currency currency, long delta, boolean countsAsEarned) -> {
                BigInteger amount = BigInteger.valueOf(delta);
                if (delta > 0) {
                    gain(currency.code(), amount, NEVER, countsAsEarned ? "earned" : "lapsed", deed);
                } else {
                    lose(currency.code(), amount.negate(), "lapsed", BigInteger.ONE, deed);
                }
            }
            case Reverse(List<Long> sequences, boolean partial, boolean reversible) -> {
                deed.isReversal = true;
                deed.isForGood = !reversible;
                sequences.stream().sorted(Comparator.reverseOrder()).forEach(each -> undo(each, partial, deed));
                return new HashSet<>(sequences);
            }
            case TransferOut(Money money, Long givesBack) ->
                send(money, givesBack == null ? null : deeds.get(givesBack));
            case TransferIn(Money money, List<Lot> lots) -> {
                table.total("transferred", code(money), amount(money));
                var heaps = heaps(money, lots);
                deed.received = new Deed.Move(code(money), true, "transferred", heaps, null);
                heaps.forEach((date, coins) -> put(code(money), date, coins));
                table.came(code(money), "available", "transfer", heaps);
            }
            case Activate(String action) ->
                List.copyOf(table.promises).stream()
                        .filter(promise -> promise.action().equals(action))
                        .forEach(this::keep);
            case NoOp _ -> {}
            case Flawed _ -> throw new No("INVALID_COMMAND");
        }
        return Set.of();
    }

    private void send(Money money, @Nullable Deed givenBack) {
        Deed.Move received = givenBack == null ? null : givenBack.received;
        refuseIf(available(code(money)).compareTo(amount(money)) < 0, "INSUFFICIENT_BALANCE");
        NavigableMap<Instant, BigInteger> first =
                received == null || !received.currency().equals(code(money)) ? new TreeMap<>() : received.heaps();
        var drawn = drawFirstFrom(first, table.of(code(money)), amount(money));
        table.went(code(money), "available", "transfer", drawn);
        table.total("transferred", code(money), amount(money).negate());
    }

    private static NavigableMap<Instant, BigInteger> heaps(Money money, List<Lot> lots) {
        if (lots.isEmpty()) {
            return heap(NEVER, amount(money));
        }
        var heaps = new TreeMap<Instant, BigInteger>();
        lots.forEach(lot -> heaps.merge(
                lot.expiresAt() == null ? NEVER : lot.expiresAt(), BigInteger.valueOf(lot.amount()), BigInteger::add));
        return heaps;
    }

    private void credit(Credit credit, Deed deed) {
        Instant date = credit.expiresAt() == null ? NEVER : credit.expiresAt();
        for (Money money : credit.amounts()) {
            @Nullable Instant at = null;
            String action = "";
            boolean isNow = false;
            switch (credit.activation()) {
                case Activation.AtOnce _ -> isNow = true;
                case Activation.At(Instant time) -> {
                    at = time;
                    isNow = time.compareTo(today) <= 0;
                }
                case Activation.OnAction(String name) -> action = name;
            }
            if (isNow) {
                gain(code(money), amount(money), date, "earned", deed);
            } else {
                var promise = new Promise(code(money), amount(money), at, action, date, ++table.promisesEver);
                table.of(code(money));
                table.promises.add(promise);
                table.came(code(money), "pending", "promise", heap(date, amount(money)));
                deed.moves.add(new Deed.Move(code(money), true, "earned", heap(date, amount(money)), promise));
            }
        }
    }

    private void convert(Convert convert, Deed deed) {
        String from = code(convert.from());
        BigInteger amount = amount(convert.from());
        refuseIf(available(from).compareTo(amount) < 0, "INSUFFICIENT_BALANCE");
        BigInteger in = BigInteger.valueOf(convert.rate().from());
        BigInteger out = BigInteger.valueOf(convert.rate().to());
        BigInteger product = amount.multiply(out);
        refuseIf(product.compareTo(MOST) > 0, "OVERFLOW");
        BigInteger whole = product.divide(in);
        refuseIf(whole.signum() == 0, "NOTHING_TO_CONVERT");
        BigInteger[] needed = whole.multiply(in).divideAndRemainder(out);
        BigInteger taken = needed[1].signum() == 0 ? needed[0] : needed[0].add(BigInteger.ONE);
        lose(from, taken, "converted", minusOne(), deed);
        gain(convert.to().code(), whole, NEVER, "converted", deed);
    }

    private void post(String hold, @Nullable Long amount, Deed deed) {
        Aside aside = table.asides.get(hold);
        if (aside == null) {
            throw new No("NOT_FOUND");
        }
        BigInteger all = sum(aside.heaps());
        BigInteger gone = amount == null ? all : BigInteger.valueOf(amount);
        refuseIf(gone.compareTo(all) > 0, "INSUFFICIENT_BALANCE");
        NavigableMap<Instant, BigInteger> rest = new TreeMap<>(aside.heaps());
        NavigableMap<Instant, BigInteger> spent = drawFrom(rest, gone);
        table.asides.remove(hold);
        table.total("spent", aside.currency(), gone);
        deed.moves.add(new Deed.Move(aside.currency(), false, "spent", spent, null));
        table.went(aside.currency(), "held", "redemption", spent);
        putBack(aside.currency(), rest);
    }

    private void undo(long sequence, boolean partial, Deed undoing) {
        Deed deed = deeds.get(sequence);
        refuseIf(sequence > verdicts.size(), "NOT_FOUND");
        if (deed == null || deed.moves.isEmpty() || deed.isForGood) {
            throw new No("NOT_REVERSIBLE");
        }
        refuseIf(deed.isUndone, "ALREADY_REVERSED");
        boolean gainsOnly = deed.moves.stream().allMatch(Deed.Move::gain);
        for (Deed.Move move : deed.moves) {
            if (!move.gain()) {
                move.heaps().forEach((date, coins) -> put(move.currency(), date, coins));
                table.came(move.currency(), "available", counterAccount(move), move.heaps());
                BigInteger coins = sum(move.heaps());
                table.total(move.from(), move.currency(), growsAsTheyLose(move.from()) ? coins.negate() : coins);
                undoing.moves.add(new Deed.Move(move.currency(), true, move.from(), move.heaps(), null));
            }
        }
        // Of two that draw on the same heap the smaller one comes first.
        List<Deed.Move> gains = deed.moves.stream()
                .filter(Deed.Move::gain)
                .sorted(Comparator.comparing(move -> sum(move.heaps())))
                .toList();
        for (Deed.Move move : gains) {
            if (move.promise() != null && table.promises.remove(move.promise())) {
                table.went(move.currency(), "pending", "promise", move.heaps());
                undoing.isForGood = true;
            } else {
                takeBack(move, partial && gainsOnly, undoing);
            }
        }
    }

    private void takeBack(Deed.Move move, boolean partial, Deed undoing) {
        BigInteger wanted = sum(move.heaps());
        BigInteger there = available(move.currency());
        refuseIf(!partial && there.compareTo(wanted) < 0, "INSUFFICIENT_BALANCE");
        BigInteger left = wanted.min(there);
        table.total(move.from(), move.currency(), growsAsTheyLose(move.from()) ? left : left.negate());
        var drawn = drawFirstFrom(move.heaps(), table.of(move.currency()), left);
        if (!drawn.isEmpty()) {
            undoing.moves.add(new Deed.Move(move.currency(), false, move.from(), drawn, null));
        }
        table.went(move.currency(), "available", counterAccount(move), drawn);
    }

    private static String counterAccount(Deed.Move move) {
        return COUNTER_ACCOUNTS.getOrDefault(move.from(), "none");
    }

    private static boolean growsAsTheyLose(String total) {
        return total.equals("spent") || total.equals("lapsed");
    }

    private static NavigableMap<Instant, BigInteger> drawFirstFrom(
            NavigableMap<Instant, BigInteger> own, NavigableMap<Instant, BigInteger> heaps, BigInteger amount) {
        var drawn = new TreeMap<Instant, BigInteger>();
        BigInteger left = amount;
        for (Map.Entry<Instant, BigInteger> heap : own.entrySet()) {
            BigInteger there = heaps.getOrDefault(heap.getKey(), BigInteger.ZERO);
            BigInteger coins = there.min(heap.getValue()).min(left);
            if (coins.signum() > 0) {
                less(heaps, heap.getKey(), coins);
                drawn.put(heap.getKey(), coins);
                left = left.subtract(coins);
            }
        }
        drawFrom(heaps, left).forEach((date, coins) -> drawn.merge(date, coins, BigInteger::add));
        return drawn;
    }

    private void gain(String currency, BigInteger amount, Instant date, String from, Deed deed) {
        table.total(from, currency, from.equals("lapsed") ? amount.negate() : amount);
        put(currency, date, amount);
        var move = new Deed.Move(currency, true, from, heap(date, amount), null);
        deed.moves.add(move);
        table.came(currency, "available", counterAccount(move), move.heaps());
    }

    private void lose(String currency, BigInteger amount, String to, BigInteger sign, Deed deed) {
        NavigableMap<Instant, BigInteger> drawn = draw(currency, amount);
        table.total(to, currency, amount.multiply(sign));
        var move = new Deed.Move(currency, false, to, drawn, null);
        deed.moves.add(move);
        table.went(currency, "available", counterAccount(move), drawn);
    }

    private void keep(Promise promise) {
        table.promises.remove(promise);
        table.total("earned", promise.currency(), promise.amount());
        put(promise.currency(), promise.date(), promise.amount());
        NavigableMap<Instant, BigInteger> heaps = heap(promise.date(), promise.amount());
        table.went(promise.currency(), "pending", "promise", heaps);
        table.came(promise.currency(), "available", "issuance", heaps);
    }

    private void back(String hold) {
        Aside aside = table.asides.remove(hold);
        if (aside != null) {
            putBack(aside.currency(), aside.heaps());
        }
    }

    private void putBack(String currency, NavigableMap<Instant, BigInteger> heaps) {
        heaps.forEach((date, coins) -> put(currency, date, coins));
        table.went(currency, "held", "hold", heaps);
        table.came(currency, "available", "hold", heaps);
    }

    private void put(String currency, Instant date, BigInteger coins) {
        table.of(currency).merge(date, coins, BigInteger::add);
        refuseIf(available(currency).compareTo(MOST) > 0, "OVERFLOW");
    }

    private NavigableMap<Instant, BigInteger> draw(String currency, BigInteger amount) {
        refuseIf(available(currency).compareTo(amount) < 0, "INSUFFICIENT_BALANCE");
        return drawFrom(table.of(currency), amount);
    }

    private static NavigableMap<Instant, BigInteger> drawFrom(
            NavigableMap<Instant, BigInteger> heaps, BigInteger amount) {
        var drawn = new TreeMap<Instant, BigInteger>();
        BigInteger left = amount;
        for (Instant date : List.copyOf(heaps.keySet())) {
            BigInteger coins = heaps.getOrDefault(date, BigInteger.ZERO).min(left);
            if (coins.signum() > 0) {
                less(heaps, date, coins);
                drawn.put(date, coins);
                left = left.subtract(coins);
            }
        }
        return drawn;
    }

    private static void less(NavigableMap<Instant, BigInteger> heaps, Instant date, BigInteger coins) {
        BigInteger rest = heaps.getOrDefault(date, BigInteger.ZERO).subtract(coins);
        if (rest.signum() == 0) {
            heaps.remove(date);
        } else {
            heaps.put(date, rest);
        }
    }

    private boolean hasNoRoom() {
        return table.heaps.keySet().stream().anyMatch(currency -> {
            BigInteger owned = available(currency)
                    .add(held(currency))
                    .add(pending(currency))
                    .add(total("lapsed", currency).max(BigInteger.ZERO));
            BigInteger earned = total("earned", currency).add(pending(currency));
            return owned.compareTo(MOST) > 0 || earned.compareTo(MOST) > 0;
        });
    }

    private @Nullable Instant nextDue() {
        var due = new TreeSet<Instant>();
        table.asides.values().forEach(aside -> due.add(aside.until()));
        table.promises.stream().map(Promise::at).forEach(at -> {
            if (at != null) {
                due.add(at);
            }
        });
        table.heaps.values().forEach(dated -> due.addAll(dated.headMap(NEVER).keySet()));
        return due.isEmpty() ? null : due.first();
    }

    private @Nullable String firstAside(Instant until) {
        return table.asides.entrySet().stream()
                .filter(aside -> aside.getValue().until().equals(until))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }

    private @Nullable Promise firstPromise(Instant at) {
        return table.promises.stream()
                .filter(promise -> at.equals(promise.at()))
                .findFirst()
                .orElse(null);
    }

    private void noteEarnings() {
        for (String currency : table.heaps.keySet()) {
            mostEarned.merge(currency, total("earned", currency), BigInteger::max);
        }
    }

    private BigInteger available(String currency) {
        return sum(table.heaps.getOrDefault(currency, new TreeMap<>()));
    }

    private BigInteger held(String currency) {
        return table.asides.values().stream()
                .filter(aside -> aside.currency().equals(currency))
                .map(aside -> sum(aside.heaps()))
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger pending(String currency) {
        return table.promises.stream()
                .filter(promise -> promise.currency().equals(currency))
                .map(Promise::amount)
                .reduce(BigInteger.ZERO, BigInteger::add);
    }

    private BigInteger total(String what, String currency) {
        return table.totals.getOrDefault(what + " " + currency, BigInteger.ZERO);
    }

    private static BigInteger sum(NavigableMap<Instant, BigInteger> heaps) {
        return heaps.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
    }

    private static NavigableMap<Instant, BigInteger> heap(Instant date, BigInteger coins) {
        return new TreeMap<>(Map.of(date, coins));
    }

    private static String code(Money money) {
        return money.currency().code();
    }

    private static BigInteger amount(Money money) {
        return BigInteger.valueOf(money.amount());
    }

    private static BigInteger minusOne() {
        return BigInteger.ONE.negate();
    }

    private static void refuseIf(boolean holds, String why) {
        if (holds) {
            throw new No(why);
        }
    }
}
