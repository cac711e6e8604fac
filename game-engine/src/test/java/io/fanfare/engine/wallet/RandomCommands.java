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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The commands of one wallet, as a seed has them, delivered with duplicates of any age, gaps, forks and strangers. */
public final class RandomCommands {

    /** So many make a long history. */
    public static final int COMMANDS = 150;

    private static final String[] CURRENCIES = {"points", "jokers", "coins"};
    private static final Instant START = Instant.parse("2026-05-01T00:00:00Z");

    private final Random random;
    private final List<NumberedCommand> commands = new ArrayList<>();
    private final List<Long> reversals = new ArrayList<>();
    private final List<NumberedMoney> received = new ArrayList<>();
    private Instant now = START;

    private record NumberedMoney(long number, Money money) {}

    public RandomCommands(Random random, int count) {
        this.random = random;
        for (int number = 1; number <= count; number++) {
            now = now.plus(Duration.ofMinutes(random.nextInt(600)));
            // Clocks of several instances: a later number may have an earlier time.
            Instant occurredAt = now.minus(Duration.ofMinutes(random.nextInt(10) == 0 ? random.nextInt(900) : 0));
            commands.add(command("cmd-" + number, number, occurredAt, action(number)));
        }
    }

    /** Every command at least once, in an order that is mostly right, with strangers in between. */
    public List<NumberedCommand> delivery() {
        List<NumberedCommand> delivered = new ArrayList<>();
        List<NumberedCommand> delayed = new ArrayList<>();
        for (int next = 0; next < commands.size(); next++) {
            NumberedCommand command = commands.get(next);
            int fate = random.nextInt(20);
            if (fate < 2) {
                delayed.add(command);
            } else {
                delivered.add(command);
            }
            switch (fate) {
                case 2 -> delivered.add(commands.get(random.nextInt(next + 1)));
                case 3 -> delivered.add(command);
                case 4 -> delivered.add(fork(commands.get(random.nextInt(next + 1))));
                case 5 -> delivered.add(commands.get(Math.min(commands.size() - 1, next + 1 + random.nextInt(5))));
                case 6 -> delivered.add(command("far", next + 1_400L, now, new NoOp()));
                default -> {}
            }
            if (random.nextInt(15) == 0) {
                delivered.addAll(delayed);
                delayed.clear();
            }
        }
        delivered.addAll(delayed);
        delivered.addAll(commands);
        return delivered;
    }

    private NumberedCommand fork(NumberedCommand original) {
        String id = "fork-" + random.nextInt(Integer.MAX_VALUE);
        return command(id, original.sequence(), original.occurredAt(), new Credit(List.of(money())));
    }

    private WalletCommand action(int number) {
        return switch (random.nextInt(22)) {
            case 0, 1 -> new Credit(amounts());
            case 2 ->
                new CreditEach(List.of(
                        new Credit(List.of(points()), Activation.AT_ONCE, maybeDate()),
                        new Credit(
                                List.of(new Money(new Currency("coins"), amount())),
                                new Activation.At(in(random.nextInt(100))),
                                maybeDate())));
            case 3, 4, 5 -> new Credit(amounts(), Activation.AT_ONCE, date());
            case 6 -> new Credit(amounts(), new Activation.At(in(random.nextInt(100))), maybeDate());
            case 7 -> new Credit(amounts(), new Activation.OnAction("visit-" + random.nextInt(3)), maybeDate());
            case 8, 9 -> new Spend(amounts());
            case 10 -> new Require("milestone-" + random.nextInt(12), money());
            case 11, 12 -> new PlaceHold(hold(), money(), in(random.nextInt(200)));
            case 13 -> new PostHold(hold(), random.nextBoolean() ? null : 1L + random.nextInt(200));
            case 14 -> new VoidHold(hold());
            case 15 -> new Convert(points(), new Currency("coins"), rate());
            case 16 ->
                new Adjust(
                        currency(),
                        random.nextInt(3) == 0 ? 1 + amount() / 4 : -(1 + amount() / 4),
                        random.nextBoolean());
            case 17, 18 -> reverse(number);
            case 19 -> random.nextBoolean() ? transferOut() : transferIn(number);
            case 20 -> new Activate("visit-" + random.nextInt(3));
            default -> random.nextBoolean() ? new NoOp() : new Flawed("amount is -1");
        };
    }

    private Reverse reverse(int number) {
        List<Long> sequences = reversed(number);
        reversals.add((long) number);
        return new Reverse(sequences, random.nextInt(3) == 0, random.nextInt(5) > 0);
    }

    private List<Long> reversed(int number) {
        var sequences = new TreeSet<Long>();
        for (int count = 1 + random.nextInt(2); count > 0; count--) {
            // Sometimes itself, or one to come: neither is known.
            sequences.add(
                    !reversals.isEmpty() && random.nextInt(3) == 0
                            ? reversals.get(random.nextInt(reversals.size()))
                            : Math.max(1L, number - (long) random.nextInt(random.nextInt(20) == 0 ? 1 : number)));
        }
        return List.copyOf(sequences);
    }

    /** Now and then it names what is no transfer, or none of its currency. */
    private TransferOut transferOut() {
        if (received.isEmpty() || random.nextInt(3) == 0) {
            return new TransferOut(money(), random.nextBoolean() ? null : 1L + random.nextInt(COMMANDS));
        }
        NumberedMoney came = received.get(random.nextInt(received.size()));
        Money money = random.nextInt(10) == 0 ? money() : new Money(came.money().currency(), amount());
        return new TransferOut(money, came.number());
    }

    private TransferIn transferIn(int number) {
        Money money = money();
        received.add(new NumberedMoney(number, money));
        if (money.amount() < 2 || random.nextBoolean()) {
            return new TransferIn(money, Lot.whole(money.amount(), maybeDate()));
        }
        long half = money.amount() / 2;
        return new TransferIn(money, List.of(new Lot(date(), half), new Lot(null, money.amount() - half)));
    }

    private ConversionRate rate() {
        return random.nextBoolean() ? ConversionRate.HUNDRED_TO_ONE : new ConversionRate(3, 2);
    }

    private HoldId hold() {
        return new HoldId("hold-" + random.nextInt(6));
    }

    private List<Money> amounts() {
        return random.nextInt(4) == 0 ? List.of(money(), money()) : List.of(money());
    }

    private Money points() {
        return new Money(new Currency("points"), amount());
    }

    private Money money() {
        return new Money(currency(), amount());
    }

    private Currency currency() {
        return new Currency(CURRENCIES[random.nextInt(CURRENCIES.length)]);
    }

    /** Now and then an amount of which two do not fit into 64 bits. */
    private long amount() {
        return random.nextInt(150) == 0 ? Long.MAX_VALUE - random.nextInt(1_000) : 1 + random.nextInt(400);
    }

    private @Nullable Instant maybeDate() {
        return random.nextBoolean() ? date() : null;
    }

    /** The end of some day: many credits share it. */
    private Instant date() {
        return START.plus(Duration.ofDays(1 + random.nextInt(60)));
    }

    private Instant in(int hours) {
        return now.plus(Duration.ofHours(hours));
    }

    static NumberedCommand command(String id, long sequence, Instant occurredAt, WalletCommand command) {
        return new NumberedCommand(
                new CommandId(id), sequence, occurredAt, new Cause("test", "step_" + sequence), command);
    }
}
