package io.fanfare.store.wallet;

import static io.fanfare.store.RowStatement.bytes;
import static io.fanfare.store.RowStatement.number;
import static io.fanfare.store.RowStatement.text;
import static io.fanfare.store.RowStatement.time;
import static io.fanfare.store.RowStatement.uuid;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.RowStatement;
import io.fanfare.store.RowStatement.Rows;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import io.fanfare.store.sequence.PlayerSequences;
import io.fanfare.store.sequence.SequenceKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * The one way in which commands are given to wallets: each takes its wallet's next number, is kept, and is written to the outbox, in
 * the transaction of whoever gives it. Numbers are the last locks of a transaction: give commands when all else is decided.
 */
public final class WalletCommands {

    public static final int MAX_BATCH = 1_000;

    private static final RowStatement INSERT = RowStatement.insert(
            "wallet_command",
            text("tenant_id"),
            text("scope_key"),
            text("player_id"),
            number("number"),
            uuid("command_id"),
            bytes("payload"),
            text("traceparent"),
            time("occurred_at"),
            text("awaited_by"),
            text("outcome"));

    private final Database database;
    private final Outbox outbox;
    private final PlayerSequences sequences;
    private final EarningTerms earnings;

    private record CommandKey(TenantId tenant, UUID id) {
        static CommandKey of(WalletOrder order) {
            return new CommandKey(order.wallet().tenant(), order.id());
        }
    }

    public WalletCommands(Database database, Outbox outbox) {
        this.database = database;
        this.outbox = outbox;
        this.sequences = new PlayerSequences(database);
        this.earnings = new EarningTerms(database);
    }

    /** Gives one command; see {@link #write(List)}. */
    public WrittenCommand write(WalletOrder order) {
        return write(List.of(order)).getFirst();
    }

    /**
     * Gives commands, those of a wallet in their order. A command whose id was there before, in the table or earlier in the list, is
     * not given again.
     *
     * @return what is kept of each, in the order that they came in
     * @throws IllegalArgumentException where there are more than {@link #MAX_BATCH}
     * @throws IllegalStateException outside a transaction
     * @throws ConcurrencyFailureException where somebody else just gave one of them: the transaction must begin again
     */
    public List<WrittenCommand> write(List<WalletOrder> orders) {
        if (orders.size() > MAX_BATCH) {
            throw new IllegalArgumentException(
                    "%d commands in a batch, expected at most %d".formatted(orders.size(), MAX_BATCH));
        }
        database.requireTransaction("commands were to be given to wallets");
        database.waitForTheLog();
        Map<CommandKey, WalletOrder> distinct = new LinkedHashMap<>();
        orders.forEach(order -> distinct.putIfAbsent(CommandKey.of(order), order));
        Map<CommandKey, WrittenCommand> known = known(distinct.keySet());
        List<WalletOrder> unknown = distinct.entrySet().stream()
                .filter(order -> !known.containsKey(order.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        Map<CommandKey, WrittenCommand> written = giveNumbers(unknown);
        return kept(orders, known, written);
    }

    /** A command that came twice is new where it came first. */
    private static List<WrittenCommand> kept(
            List<WalletOrder> orders, Map<CommandKey, WrittenCommand> known, Map<CommandKey, WrittenCommand> written) {
        Set<CommandKey> seen = new HashSet<>();
        List<WrittenCommand> kept = new ArrayList<>(orders.size());
        for (WalletOrder order : orders) {
            CommandKey key = CommandKey.of(order);
            WrittenCommand isNew = written.get(key);
            boolean isFirst = seen.add(key);
            if (isNew == null) {
                kept.add(requireNonNull(known.get(key)));
            } else {
                kept.add(isFirst ? isNew : isNew.known());
            }
        }
        return kept;
    }

    /** What is kept of a command; empty where it was never given. */
    public Optional<WrittenCommand> find(TenantId tenant, UUID id) {
        return Optional.ofNullable(known(List.of(new CommandKey(tenant, id))).get(new CommandKey(tenant, id)));
    }

    /** The credit of what was won at a time, on the terms that the tenant has for what is earned of each currency. */
    public io.fanfare.engine.wallet.WalletCommand creditOnTerms(TenantId tenant, List<Money> won, Instant at) {
        return earnings.credit(tenant, won, at);
    }

    /** A plain credit of what was won, with its number, as the tenant's terms have it. */
    public OutboxEvent<WalletCommand> onTerms(OutboxEvent<WalletCommand> credit) {
        if (!(credit.record().getAction() instanceof WalletCredit plain)) {
            return credit;
        }
        List<Money> won = plain.getAmounts().stream()
                .map(amount -> new Money(new Currency(amount.getCurrency()), amount.getAmount()))
                .toList();
        var onTerms = creditOnTerms(credit.tenant(), won, credit.occurredAt());
        return onTerms.equals(new Credit(won))
                ? credit
                : OutboxEvent.keyed(
                        credit.tenant(),
                        Topics.WALLET_COMMANDS,
                        credit.key(),
                        WalletCommand.newBuilder(credit.record())
                                .setAction(CommandRecords.action(onTerms))
                                .build(),
                        credit.traceparent(),
                        credit.occurredAt());
    }

    /**
     * Commands that nobody waits for and that have their numbers, as rows: for a transaction that writes them, and their rows for the
     * outbox, with what they follow from.
     */
    public Rows rows(List<OutboxEvent<WalletCommand>> commands) {
        return INSERT.of(commands, command -> row(command, null));
    }

    /** Gives a command a number that was given before and of which nothing is kept; its wallet's numbers are locked. */
    WrittenCommand writeAt(long number, WalletOrder order) {
        database.requireTransaction("a number was to be filled");
        OutboxEvent<WalletCommand> event = CommandRecords.event(order, number);
        database.write(List.of(
                INSERT.of(List.of(event), each -> row(each, order.awaitedBy())), outbox.rows(List.of(event))));
        return new WrittenCommand(order.wallet(), order.id(), number, order.awaitedBy(), true);
    }

    private Map<CommandKey, WrittenCommand> giveNumbers(List<WalletOrder> orders) {
        if (orders.isEmpty()) {
            return Map.of();
        }
        SortedMap<SequenceKey, Long> wanted =
                orders.stream().collect(toMap(order -> sequence(order.wallet()), _ -> 1L, Long::sum, TreeMap::new));
        Map<SequenceKey, Long> next = new HashMap<>();
        sequences.advance(wanted).forEach((key, last) -> next.put(key, last - wanted.getOrDefault(key, 0L)));
        Map<CommandKey, WrittenCommand> written = new HashMap<>();
        List<OutboxEvent<WalletCommand>> events = new ArrayList<>();
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (WalletOrder order : orders) {
            long number = next.merge(sequence(order.wallet()), 1L, Long::sum);
            OutboxEvent<WalletCommand> event = CommandRecords.event(order, number);
            events.add(event);
            rows.add(row(event, order.awaitedBy()));
            written.put(
                    CommandKey.of(order),
                    new WrittenCommand(order.wallet(), order.id(), number, order.awaitedBy(), true));
        }
        try {
            database.write(List.of(INSERT.of(rows, Function.identity()), outbox.rows(events)));
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("somebody else just gave one of these commands", e);
        }
        return written;
    }

    private static SequenceKey sequence(WalletId wallet) {
        return new SequenceKey(
                wallet.tenant(),
                wallet.player(),
                WalletNumbers.stream(wallet.scope().value()));
    }

    private Map<CommandKey, WrittenCommand> known(Collection<CommandKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql("""
                        select tenant_id, scope_key, player_id, number, command_id, awaited_by from wallet_command
                        where (tenant_id, command_id) in (:keys)
                        """)
                .param(
                        "keys",
                        keys.stream()
                                .map(key -> new Object[] {key.tenant().value(), key.id()})
                                .toList())
                .query(WalletCommands::read)
                .list()
                .stream()
                .collect(
                        toMap(command -> new CommandKey(command.wallet().tenant(), command.id()), Function.identity()));
    }

    private static WrittenCommand read(ResultSet row, int number) throws SQLException {
        return new WrittenCommand(
                new WalletId(
                        new TenantId(row.getString("tenant_id")),
                        new PlayerId(row.getString("player_id")),
                        new ScopeKey(row.getString("scope_key"))),
                UUID.fromString(row.getString("command_id")),
                row.getLong("number"),
                row.getString("awaited_by"),
                false);
    }

    private @Nullable Object[] row(OutboxEvent<WalletCommand> event, @Nullable String awaitedBy) {
        WalletCommand command = event.record();
        return new @Nullable Object[] {
            command.getTenantId(),
            command.getScopeKey(),
            command.getPlayerId(),
            command.getSequence(),
            UUID.fromString(command.getCommandId()),
            outbox.payload(event),
            event.traceparent(),
            UtcTimes.column(event.occurredAt()),
            awaitedBy,
            awaitedBy == null ? null : "awaited"
        };
    }
}
