package io.fanfare.streams.wallet;

import static io.fanfare.streams.wallet.Packed.readTime;
import static io.fanfare.streams.wallet.Packed.writeTime;

import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CommandId;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.NumberedCommand;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.Flawed;
import io.fanfare.engine.wallet.WalletCommand.Spend;
import io.fanfare.engine.wallet.WalletState;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** What the wallets app keeps, and in which form. */
final class WalletStores {

    /** The state of each wallet, by {@code tenant/player/scope}. */
    static final String WALLETS = "wallets";

    /** The last outcomes of each wallet, by number: they answer duplicates and show the ledger. */
    static final String OUTCOMES = "wallet-outcomes";

    /** Commands that wait for their turn, by number. */
    static final String PARKED = "wallet-parked";

    static final Serde<WalletState> STATE_SERDE = new Packed<>(1, WalletStores::writeState, WalletStores::readState);
    static final Serde<RecordedOutcome> OUTCOME_SERDE =
            new Packed<>(1, WalletStores::writeOutcome, WalletStores::readOutcome);
    static final Serde<ParkedCommand> PARKED_SERDE =
            new Packed<>(1, WalletStores::writeParked, WalletStores::readParked);

    private static final int ACCEPTED = 0;
    private static final int DECLINED = 1;
    private static final int CREDIT = 0;
    private static final int SPEND = 1;
    private static final int FLAWED = 2;
    private static final int MAX_TEXT = 10_000;

    private WalletStores() {}

    static Set<StoreBuilder<?>> all() {
        return new LinkedHashSet<>(List.of(
                persistent(WALLETS, Serdes.String(), STATE_SERDE),
                persistent(OUTCOMES, WalletSlot.SERDE, OUTCOME_SERDE),
                persistent(PARKED, WalletSlot.SERDE, PARKED_SERDE)));
    }

    private static <K, V> StoreBuilder<KeyValueStore<K, V>> persistent(String name, Serde<K> keys, Serde<V> values) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), keys, values)
                .withLoggingEnabled(Map.of())
                .withCachingDisabled();
    }

    private static void writeState(DataOutputStream out, WalletState state) throws IOException {
        out.writeLong(state.appliedSequence());
        out.writeInt(state.parked());
        out.writeInt(state.balances().size());
        for (var balance : state.balances().entrySet()) {
            out.writeUTF(balance.getKey().code());
            out.writeLong(balance.getValue().available());
            out.writeLong(balance.getValue().held());
            out.writeLong(balance.getValue().lifetimeEarned());
            out.writeLong(balance.getValue().lifetimeSpent());
        }
    }

    private static WalletState readState(DataInputStream in) throws IOException {
        long applied = in.readLong();
        int parked = in.readInt();
        var balances = new TreeMap<Currency, Balance>();
        for (int left = in.readInt(); left > 0; left--) {
            var currency = new Currency(in.readUTF());
            balances.put(currency, new Balance(in.readLong(), in.readLong(), in.readLong(), in.readLong()));
        }
        return new WalletState(applied, parked, balances);
    }

    private static void writeOutcome(DataOutputStream out, RecordedOutcome outcome) throws IOException {
        out.writeUTF(outcome.id().value());
        out.writeLong(outcome.sequence());
        writeTime(out, outcome.occurredAt());
        writeCause(out, outcome.cause());
        switch (outcome.verdict()) {
            case Accepted(List<LedgerEntry> entries) -> {
                out.writeByte(ACCEPTED);
                out.writeInt(entries.size());
                for (LedgerEntry entry : entries) {
                    out.writeUTF(entry.currency().code());
                    out.writeLong(entry.amount());
                    out.writeUTF(entry.counterAccount().name());
                    out.writeLong(entry.balanceAfter());
                }
            }
            case Declined(Refusal refusal, String detail) -> {
                out.writeByte(DECLINED);
                out.writeUTF(refusal.name());
                out.writeUTF(bounded(detail));
            }
        }
    }

    private static RecordedOutcome readOutcome(DataInputStream in) throws IOException {
        return new RecordedOutcome(
                new CommandId(in.readUTF()), in.readLong(), readTime(in), readCause(in), readVerdict(in));
    }

    private static Verdict readVerdict(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case ACCEPTED -> {
                List<LedgerEntry> entries = new ArrayList<>();
                for (int left = in.readInt(); left > 0; left--) {
                    entries.add(new LedgerEntry(
                            new Currency(in.readUTF()),
                            in.readLong(),
                            CounterAccount.valueOf(in.readUTF()),
                            in.readLong()));
                }
                yield new Accepted(entries);
            }
            case DECLINED -> new Declined(Refusal.valueOf(in.readUTF()), in.readUTF());
            default -> throw new IOException("unknown verdict " + kind);
        };
    }

    private static void writeParked(DataOutputStream out, ParkedCommand parked) throws IOException {
        NumberedCommand command = parked.command();
        out.writeUTF(command.id().value());
        out.writeLong(command.sequence());
        writeTime(out, command.occurredAt());
        writeCause(out, command.cause());
        switch (command.command()) {
            case Credit(List<Money> amounts) -> writeAmounts(out, CREDIT, amounts);
            case Spend(List<Money> amounts) -> writeAmounts(out, SPEND, amounts);
            case Flawed(String flaw) -> {
                out.writeByte(FLAWED);
                out.writeUTF(bounded(flaw));
            }
        }
        String traceparent = parked.traceparent();
        out.writeBoolean(traceparent != null);
        if (traceparent != null) {
            out.writeUTF(bounded(traceparent));
        }
    }

    private static ParkedCommand readParked(DataInputStream in) throws IOException {
        var command = new NumberedCommand(
                new CommandId(in.readUTF()), in.readLong(), readTime(in), readCause(in), readCommand(in));
        return new ParkedCommand(command, in.readBoolean() ? in.readUTF() : null);
    }

    private static WalletCommand readCommand(DataInputStream in) throws IOException {
        int kind = in.readByte();
        return switch (kind) {
            case CREDIT -> new Credit(readAmounts(in));
            case SPEND -> new Spend(readAmounts(in));
            case FLAWED -> new Flawed(in.readUTF());
            default -> throw new IOException("unknown command " + kind);
        };
    }

    private static void writeAmounts(DataOutputStream out, int kind, List<Money> amounts) throws IOException {
        out.writeByte(kind);
        out.writeInt(amounts.size());
        for (Money money : amounts) {
            out.writeUTF(money.currency().code());
            out.writeLong(money.amount());
        }
    }

    private static List<Money> readAmounts(DataInputStream in) throws IOException {
        List<Money> amounts = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            amounts.add(new Money(new Currency(in.readUTF()), in.readLong()));
        }
        return amounts;
    }

    private static void writeCause(DataOutputStream out, Cause cause) throws IOException {
        out.writeUTF(cause.reason());
        out.writeUTF(cause.refId());
    }

    private static Cause readCause(DataInputStream in) throws IOException {
        return new Cause(in.readUTF(), in.readUTF());
    }

    /** Texts for people have no bound of their own, and a modified-UTF-8 text must stay below 64 KB. */
    private static String bounded(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
