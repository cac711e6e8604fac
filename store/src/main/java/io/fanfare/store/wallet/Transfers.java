package io.fanfare.store.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.wallet.Transfer.Attempts;
import io.fanfare.store.wallet.Transfer.Leg;
import io.fanfare.store.wallet.Transfer.Original;
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers.Begun.AnotherOfThatId;
import io.fanfare.store.wallet.Transfers.Begun.OverTheDay;
import io.fanfare.store.wallet.Transfers.Begun.UnderWay;
import io.fanfare.store.wallet.Transfers.Retried.Given;
import io.fanfare.store.wallet.Transfers.Retried.HasEnded;
import io.fanfare.store.wallet.Transfers.Retried.MayBeApplied;
import io.fanfare.store.wallet.Transfers.Retried.NotThere;
import io.fanfare.store.wallet.Transfers.Reversed.Back;
import io.fanfare.store.wallet.Transfers.Reversed.NotCompleted;
import io.fanfare.store.wallet.Transfers.Reversed.ReversedBefore;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Transfers, step by step. The first step writes the debit; each later one follows from what a wallet said of the step before, and is
 * one transaction: the transfer's next state and the next command, under the lock of its row. So no step is lost or done twice, whoever
 * dies in between, and between two steps the amount is in one wallet or in the account of transfers, never in both or in none.
 *
 * <p>A transfer stands still where the command of its leg was lost, or where both wallets refused. {@link #retry} then gives the leg a
 * new command. It does so only where the one before can have no effect any more, which nobody but the wallet knows: a wallet applies
 * one command for each number, so a command has no effect once the wallet has said that its number was another command's. Everything
 * else, whether nobody has said anything or the command is kept and can be published again, may be applied still. What is known so
 * never changes, and a retry holds the lock of the row, so of retries at once one gives a command and the others find that it may be
 * applied. A late word of an earlier attempt's command is none of what the transfer waits for and moves nothing; it can only be that it
 * was refused.
 *
 * <p>{@link #reverse} begins a transfer back, under the lock of the original's row. It is a transfer like any other, but of no player's
 * wish: no limit holds for it and it counts for no day.
 */
public final class Transfers {

    /** Of all commands of a transfer. */
    public static final String REASON = "transfer";

    /** Transfers, each with the one that takes it back and has not failed. */
    private static final String LISTED = """
            select t.*, (
                select back.transfer_id from wallet_transfer back
                where back.tenant_id = t.tenant_id and back.reverses = t.transfer_id
                    and back.status not in ('refused', 'returned')
            ) as reversed_by
            from wallet_transfer t
            """;

    private final Database database;
    private final WalletCommands commands;
    private final CommandsInSight inSight;
    private final Clock clock;

    /**
     * What a player wants to send.
     *
     * @param id the same id is the same transfer
     * @param askedBy hash of the request
     */
    public record Wish(
            TenantId tenant,
            String id,
            PlayerId from,
            PlayerId to,
            ScopeKey scope,
            Money money,
            String askedBy,
            @Nullable String traceparent) {}

    /** What became of a wish. */
    public sealed interface Begun {

        /** It is there, now or since an earlier time. */
        record UnderWay(Transfer transfer, WrittenCommand debit) implements Begun {}

        /** Another request began a transfer of that id. */
        record AnotherOfThatId() implements Begun {}

        /** @param left what may be sent on this day still */
        record OverTheDay(long left) implements Begun {}
    }

    /** What a step came to. */
    public enum Step {
        /** It is none of a transfer, or was done before. */
        NOTHING,
        /** It is of a transfer that is not here. */
        UNKNOWN,
        /** A next command was given. */
        WENT_ON,
        ENDED,
        /** Neither wallet takes the amount. */
        STRANDED
    }

    /**
     * Who wants to go on with a transfer.
     *
     * @param askedBy tells the request from others: the same one gives a command once
     */
    public record Retry(
            TenantId tenant,
            String transfer,
            String askedBy,
            @Nullable String traceparent) {}

    /** What became of a retry. */
    public sealed interface Retried {

        /** Its leg has a new command, since now or since the same request came before. */
        record Given(Transfer transfer, WrittenCommand command) implements Retried {}

        record NotThere() implements Retried {}

        /** Nothing of it is missing. */
        record HasEnded(Transfer transfer) implements Retried {}

        /** The command that it waits for was applied, or may be applied still. */
        record MayBeApplied(Transfer transfer, Awaited awaited) implements Retried {}
    }

    /**
     * Who wants a transfer taken back.
     *
     * @param id of the transfer back: the same id is the same request
     */
    public record Reversal(
            TenantId tenant,
            String transfer,
            String id,
            @Nullable String traceparent) {}

    /** What became of a reversal. */
    public sealed interface Reversed {

        /** A transfer back is there, since now or since the same request came before. */
        record Back(Transfer transfer, WrittenCommand debit) implements Reversed {}

        record NotThere() implements Reversed {}

        /** It has not arrived, or never will. */
        record NotCompleted(Transfer transfer) implements Reversed {}

        /** @param by the transfer back of another request, which has not failed */
        record ReversedBefore(Transfer transfer, String by) implements Reversed {}
    }

    /**
     * What a transfer waits for.
     *
     * @param number of the command in its wallet; null where it was given before that was kept
     */
    public record Awaited(Leg leg, @Nullable Long number) {}

    /**
     * A transfer among others.
     *
     * @param reversedBy the transfer that takes it back, or did; null where there is none that has not failed
     */
    public record Listed(
            Transfer transfer,
            @Nullable Awaited awaited,
            @Nullable String reversedBy) {

        public Place place() {
            return new Place(transfer.createdAt(), transfer.id());
        }
    }

    /** Where a transfer stands in the list of transfers: the oldest come first. */
    public record Place(Instant createdAt, String transfer) {

        private static final String SEPARATOR = "/";

        /** @throws IllegalArgumentException where the text is none that {@link #toString} gave */
        public static Place parse(String text) {
            int end = text.indexOf(SEPARATOR);
            if (end < 0) {
                throw new IllegalArgumentException("'%s' is no place in a list of transfers".formatted(text));
            }
            return new Place(Instant.ofEpochMilli(Long.parseLong(text.substring(0, end))), text.substring(end + 1));
        }

        @Override
        public String toString() {
            return createdAt.toEpochMilli() + SEPARATOR + transfer;
        }
    }

    public Transfers(Database database, WalletCommands commands, Clock clock) {
        this(database, commands, new CommandsInSight(database), clock);
    }

    /** @param inSight how long a transfer is waited for whose command was published already */
    public Transfers(Database database, WalletCommands commands, CommandsInSight inSight, Clock clock) {
        this.database = database;
        this.commands = commands;
        this.inSight = inSight;
        this.clock = clock;
    }

    /** Begins it, and gives the debit, which is waited for. */
    public Begun begin(Wish wish, TransferLimits limits) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransactionOrAgain(() -> {
            Optional<Row> known = row(wish.tenant(), wish.id(), "");
            return known.isPresent() ? again(wish, known.get()) : first(wish, limits, now);
        });
    }

    /** What became of the same wish before; empty where it never came, or came to nothing. */
    public Optional<Begun> before(Wish wish) {
        return row(wish.tenant(), wish.id(), "").map(known -> again(wish, known));
    }

    private Begun again(Wish wish, Row known) {
        Transfer transfer = known.transfer();
        boolean isSame =
                known.askedBy().equals(wish.askedBy()) && transfer.from().equals(wish.from());
        if (!isSame) {
            return new AnotherOfThatId();
        }
        WrittenCommand debit = commands.find(wish.tenant(), transfer.debit()).orElseThrow();
        return new UnderWay(transfer, debit);
    }

    private Begun first(Wish wish, TransferLimits limits, Instant now) {
        var transfer = new Transfer(
                wish.tenant(),
                wish.id(),
                wish.from(),
                wish.to(),
                wish.scope(),
                wish.money(),
                Status.PENDING,
                null,
                Lot.UNDATED,
                Attempts.FIRST,
                null,
                now,
                now);
        insert(transfer, wish.askedBy());
        long sent = countUp(transfer, wish.money().amount());
        if (sent > limits.mostPerDay()) {
            long before = sent - wish.money().amount();
            forget(transfer);
            return new OverTheDay(Math.max(0, limits.mostPerDay() - before));
        }
        return new UnderWay(transfer, go(transfer, wish.askedBy(), wish.traceparent()));
    }

    public Optional<Transfer> find(TenantId tenant, String id) {
        return row(tenant, id, "").map(Row::transfer);
    }

    /**
     * The oldest first.
     *
     * @param after null: from the first on
     */
    public List<Listed> list(TenantId tenant, Collection<Status> statuses, @Nullable Place after, int limit) {
        return database.jdbc()
                .sql(LISTED + """
                        where t.tenant_id = :tenant and t.status in (:statuses)
                            and (t.created_at > :from or (t.created_at = :from and t.transfer_id > :transfer))
                        order by t.created_at, t.transfer_id
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("statuses", statuses.stream().map(Status::word).toList())
                .param("from", UtcTimes.column(after == null ? Instant.EPOCH : after.createdAt()))
                .param("transfer", after == null ? "" : after.transfer())
                .param("limit", limit)
                .query(Transfers::readListed)
                .list();
    }

    /** As in the list. */
    public Optional<Listed> show(TenantId tenant, String id) {
        return database.jdbc()
                .sql(LISTED + "where t.tenant_id = :tenant and t.transfer_id = :transfer")
                .param("tenant", tenant.value())
                .param("transfer", id)
                .query(Transfers::readListed)
                .optional();
    }

    /**
     * Gives the leg that a transfer waits for a new command, if the one before is known to have no effect.
     *
     * @param beside is told the new command and writes with it, all or nothing; not where the same request gave it before
     */
    public Retried retry(Retry retry, Consumer<Leg> beside) {
        return database.inTransactionOrAgain(() -> row(retry.tenant(), retry.transfer(), "for update")
                .map(row -> retry(row, retry, beside))
                .orElseGet(NotThere::new));
    }

    private Retried retry(Row row, Retry retry, Consumer<Leg> beside) {
        Transfer transfer = row.transfer();
        Optional<WrittenCommand> before = givenFor(retry, transfer);
        if (before.isPresent()) {
            return new Given(transfer, before.get());
        }
        if (transfer.status().isEnd()) {
            return new HasEnded(transfer);
        }
        Awaited awaited = row.awaited();
        if (awaited != null && !isWithoutEffect(awaited)) {
            return new MayBeApplied(transfer, awaited);
        }
        Transfer next = transfer.retried();
        beside.accept(next.leg().orElseThrow());
        return new Given(next, go(next, retry.askedBy(), retry.traceparent()));
    }

    /** What the same request gave, whatever became of the transfer since; nobody else waits for it under that name. */
    private Optional<WrittenCommand> givenFor(Retry retry, Transfer transfer) {
        return transfer.ofLatestAttempt().stream()
                .flatMap(command -> commands.find(retry.tenant(), command).stream())
                .filter(command -> retry.askedBy().equals(command.awaitedBy()))
                .findFirst();
    }

    /** Its wallet has said that its number is another command's. */
    private boolean isWithoutEffect(Awaited awaited) {
        return awaited.number() == null
                ? isNoneOfItsWallet(awaited.leg())
                : isOfAnother(awaited.number(), awaited.leg());
    }

    private boolean isOfAnother(long number, Leg leg) {
        return database.jdbc()
                        .sql("""
                                select count(*) from wallet_command
                                where tenant_id = :tenant and scope_key = :scope and player_id = :player and number = :number
                                    and command_id <> :command and outcome = 'posted'
                                """)
                        .param("tenant", leg.wallet().tenant().value())
                        .param("scope", leg.wallet().scope().value())
                        .param("player", leg.wallet().player().value())
                        .param("number", number)
                        .param("command", leg.command())
                        .query(Long.class)
                        .single()
                == 1;
    }

    /**
     * For a command whose number is not known: it is not kept, and each number that its wallet has given is another's, none of which is
     * waited for still or found its number taken. So its own number is one of those.
     */
    private boolean isNoneOfItsWallet(Leg leg) {
        return database.jdbc()
                .sql("""
                        select n.last_number, count(c.number) as kept,
                            count(case when c.command_id = :command or c.outcome = 'awaited' or c.refusal = 'FORKED' then 1 end)
                                as unsettled
                        from player_sequence n
                        left join wallet_command c
                            on c.tenant_id = n.tenant_id and c.player_id = n.player_id and c.scope_key = :scope
                        where n.tenant_id = :tenant and n.player_id = :player and n.stream = :stream
                        group by n.last_number
                        """)
                .param("command", leg.command())
                .param("scope", leg.wallet().scope().value())
                .param("tenant", leg.wallet().tenant().value())
                .param("player", leg.wallet().player().value())
                .param("stream", WalletNumbers.stream(leg.wallet().scope().value()))
                .query((row, _) -> row.getLong("last_number") == row.getLong("kept") && row.getLong("unsettled") == 0)
                .optional()
                .orElse(false);
    }

    /**
     * Begins a transfer that takes a completed one back, unless one did before and has not failed.
     *
     * @param beside is told the debit and writes with it, all or nothing; not where the same request came before
     */
    public Reversed reverse(Reversal reversal, Consumer<Leg> beside) {
        Instant now = UtcTimes.toMillis(clock.instant());
        return database.inTransactionOrAgain(() -> row(reversal.tenant(), reversal.transfer(), "for update")
                .map(row -> reverse(row, reversal, beside, now))
                .orElseGet(Reversed.NotThere::new));
    }

    private Reversed reverse(Row row, Reversal reversal, Consumer<Leg> beside, Instant now) {
        Optional<Transfer> before = find(reversal.tenant(), reversal.id());
        if (before.isPresent()) {
            WrittenCommand debit =
                    commands.find(reversal.tenant(), before.get().debit()).orElseThrow();
            return new Back(before.get(), debit);
        }
        Transfer original = row.transfer();
        if (original.status() != Status.COMPLETED) {
            return new NotCompleted(original);
        }
        Optional<String> other = reversedBy(original);
        if (other.isPresent()) {
            return new ReversedBefore(original, other.get());
        }
        Transfer back = original.takenBack(reversal.id(), numberOfCredit(row), now);
        insert(back, reversal.id());
        beside.accept(back.leg().orElseThrow());
        return new Back(back, go(back, reversal.id(), reversal.traceparent()));
    }

    private Optional<String> reversedBy(Transfer original) {
        return database.jdbc()
                .sql("""
                        select transfer_id from wallet_transfer
                        where tenant_id = :tenant and reverses = :transfer and status not in ('refused', 'returned')
                        """)
                .param("tenant", original.tenant().value())
                .param("transfer", original.id())
                .query(String.class)
                .optional();
    }

    /** Null where it was given before numbers were kept, and the command is gone. */
    private @Nullable Long numberOfCredit(Row row) {
        UUID credit = row.transfer().credit();
        return credit.toString().equals(row.given())
                ? row.number()
                : commands.find(row.transfer().tenant(), credit)
                        .map(WrittenCommand::number)
                        .orElse(null);
    }

    /**
     * Does what follows from what a wallet said. Outside a transaction.
     *
     * @param traceparent that the next command continues
     */
    public Step follow(WalletOutcome outcome, @Nullable String traceparent) {
        if (!outcome.cause().reason().equals(REASON)) {
            return Step.NOTHING;
        }
        TenantId tenant = outcome.wallet().tenant();
        inSight.await(List.of(new CommandKey(tenant, outcome.id())));
        return database.inTransactionOrAgain(() -> row(tenant, outcome.cause().refId(), "for update")
                .map(Row::transfer)
                .map(transfer -> follow(transfer, outcome, traceparent))
                .orElse(Step.UNKNOWN));
    }

    private Step follow(Transfer transfer, WalletOutcome outcome, @Nullable String traceparent) {
        UUID command = outcome.id();
        if (command.equals(transfer.debit()) && transfer.status() == Status.PENDING) {
            return debited(transfer, outcome, traceparent);
        }
        if (command.equals(transfer.credit()) && transfer.status() == Status.SENT) {
            return credited(transfer, outcome, traceparent);
        }
        if (command.equals(transfer.giveBack()) && transfer.status() == Status.RETURNING) {
            return givenBack(transfer, outcome);
        }
        return Step.NOTHING;
    }

    private Step debited(Transfer transfer, WalletOutcome outcome, @Nullable String traceparent) {
        return switch (outcome.verdict()) {
            case Accepted(List<LedgerEntry> entries) -> {
                go(transfer.sent(lots(entries)), null, traceparent);
                yield Step.WENT_ON;
            }
            case Declined(Refusal refusal, String _) -> {
                update(transfer.now(Status.REFUSED, refusal));
                uncount(transfer);
                yield Step.ENDED;
            }
        };
    }

    private Step credited(Transfer transfer, WalletOutcome outcome, @Nullable String traceparent) {
        return switch (outcome.verdict()) {
            case Accepted _ -> {
                update(transfer.now(Status.COMPLETED, null));
                yield Step.ENDED;
            }
            case Declined(Refusal refusal, String _) -> {
                go(transfer.now(Status.RETURNING, refusal), null, traceparent);
                yield Step.WENT_ON;
            }
        };
    }

    private Step givenBack(Transfer transfer, WalletOutcome outcome) {
        return switch (outcome.verdict()) {
            case Accepted _ -> {
                update(transfer.now(Status.RETURNED, transfer.refusal()));
                uncount(transfer);
                yield Step.ENDED;
            }
            case Declined(Refusal refusal, String _) -> {
                update(transfer.now(Status.STRANDED, refusal));
                yield Step.STRANDED;
            }
        };
    }

    private static List<Lot> lots(List<LedgerEntry> entries) {
        return entries.stream()
                .filter(entry -> entry.counterAccount() == CounterAccount.TRANSFER)
                .findFirst()
                .map(LedgerEntry::lots)
                .orElseThrow(() -> new IllegalStateException("a debit that moved nothing: " + entries));
    }

    /** Gives the command that a transfer waits for next, and says so in its row, which is locked or new. */
    private WrittenCommand go(Transfer next, @Nullable String awaitedBy, @Nullable String traceparent) {
        Leg leg = next.leg().orElseThrow();
        WrittenCommand command = commands.write(new WalletOrder(
                leg.wallet(),
                leg.command(),
                new Cause(REASON, next.id()),
                next.action(),
                awaitedBy,
                traceparent,
                UtcTimes.toMillis(clock.instant())));
        saving(next, ", leg_command_id = :command, leg_number = :number")
                .param("command", command.id())
                .param("number", command.number())
                .update();
        return command;
    }

    private void insert(Transfer transfer, String askedBy) {
        Original reverses = transfer.reverses();
        try {
            database.jdbc()
                    .sql("""
                            insert into wallet_transfer (tenant_id, transfer_id, from_player_id, to_player_id, scope_key,
                                currency, amount, epoch_day, asked_by, status, reverses, gives_back, created_at, updated_at)
                            values (:tenant, :transfer, :from, :to, :scope, :currency, :amount, :day, :askedBy, 'pending',
                                :reverses, :givesBack, :now, :now)
                            """)
                    .param("tenant", transfer.tenant().value())
                    .param("transfer", transfer.id())
                    .param("from", transfer.from().value())
                    .param("to", transfer.to().value())
                    .param("scope", transfer.scope().value())
                    .param("currency", transfer.money().currency().code())
                    .param("amount", transfer.money().amount())
                    .param("day", epochDay(transfer))
                    .param("askedBy", askedBy)
                    .param("reverses", reverses == null ? null : reverses.id())
                    .param("givesBack", reverses == null ? null : reverses.credit())
                    .param("now", UtcTimes.column(transfer.createdAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("the same transfer is just being begun", e);
        }
    }

    /** As if it had never been wanted. */
    private void forget(Transfer transfer) {
        countUp(transfer, -transfer.money().amount());
        database.jdbc()
                .sql("delete from wallet_transfer where tenant_id = :tenant and transfer_id = :transfer")
                .param("tenant", transfer.tenant().value())
                .param("transfer", transfer.id())
                .update();
    }

    /** Counts what the sender has sent on the day of the transfer, and keeps the count locked. */
    private long countUp(Transfer transfer, long by) {
        String upsert = switch (database.dialect()) {
            case POSTGRESQL -> """
                        insert into transfer_counter as kept (tenant_id, player_id, currency, epoch_day, sent)
                        values (:tenant, :player, :currency, :day, :by)
                        on conflict (tenant_id, player_id, currency, epoch_day) do update
                        set sent = kept.sent + excluded.sent
                        """;
            case MARIADB -> """
                        insert into transfer_counter (tenant_id, player_id, currency, epoch_day, sent)
                        values (:tenant, :player, :currency, :day, :by)
                        on duplicate key update sent = sent + values(sent)
                        """;
        };
        database.jdbc()
                .sql(upsert)
                .param("tenant", transfer.tenant().value())
                .param("player", transfer.from().value())
                .param("currency", transfer.money().currency().code())
                .param("day", epochDay(transfer))
                .param("by", by)
                .update();
        return database.jdbc()
                .sql("""
                        select sent from transfer_counter
                        where tenant_id = :tenant and player_id = :player and currency = :currency and epoch_day = :day
                        """)
                .param("tenant", transfer.tenant().value())
                .param("player", transfer.from().value())
                .param("currency", transfer.money().currency().code())
                .param("day", epochDay(transfer))
                .query(Long.class)
                .single();
    }

    /** What takes another transfer back was never counted. */
    private void uncount(Transfer transfer) {
        if (transfer.reverses() == null) {
            countUp(transfer, -transfer.money().amount());
        }
    }

    private static long epochDay(Transfer transfer) {
        return transfer.createdAt().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    /** The row is locked. */
    private void update(Transfer transfer) {
        saving(transfer, "").update();
    }

    /** @param more that is to be set */
    private StatementSpec saving(Transfer transfer, String more) {
        Refusal refusal = transfer.refusal();
        return database.jdbc()
                .sql("""
                        update wallet_transfer set status = :status, refusal = :refusal, lots = :lots, updated_at = :now,
                            attempt = :attempt, debit_attempt = :ofDebit %s
                        where tenant_id = :tenant and transfer_id = :transfer
                        """.formatted(more))
                .param("status", transfer.status().word())
                .param("refusal", refusal == null ? null : refusal.name())
                .param("lots", EntriesJson.writeLots(transfer.lots()))
                .param("now", UtcTimes.column(clock.instant()))
                .param("attempt", transfer.attempts().latest())
                .param("ofDebit", transfer.attempts().ofDebit())
                .param("tenant", transfer.tenant().value())
                .param("transfer", transfer.id());
    }

    /**
     * A transfer as it is kept.
     *
     * @param given the latest command; null where it was given before this was kept
     * @param number of it
     */
    private record Row(
            Transfer transfer,
            String askedBy,
            @Nullable String given,
            @Nullable Long number) {

        /** The number counts only for the command that it was kept with. */
        @Nullable
        Awaited awaited() {
            return transfer.leg()
                    .map(leg -> new Awaited(leg, leg.command().toString().equals(given) ? number : null))
                    .orElse(null);
        }
    }

    private Optional<Row> row(TenantId tenant, String id, String lock) {
        return database.jdbc()
                .sql("select * from wallet_transfer where tenant_id = :tenant and transfer_id = :transfer " + lock)
                .param("tenant", tenant.value())
                .param("transfer", id)
                .query(Transfers::read)
                .optional();
    }

    private static Listed readListed(ResultSet row, int number) throws SQLException {
        Row read = read(row, number);
        return new Listed(read.transfer(), read.awaited(), row.getString("reversed_by"));
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        String refusal = row.getString("refusal");
        String lots = row.getString("lots");
        String reverses = row.getString("reverses");
        var transfer = new Transfer(
                new TenantId(row.getString("tenant_id")),
                row.getString("transfer_id"),
                new PlayerId(row.getString("from_player_id")),
                new PlayerId(row.getString("to_player_id")),
                new ScopeKey(row.getString("scope_key")),
                new Money(new Currency(row.getString("currency")), row.getLong("amount")),
                Status.ofWord(row.getString("status")),
                refusal == null ? null : Refusal.valueOf(refusal),
                lots == null ? Lot.UNDATED : EntriesJson.readLots(lots),
                new Attempts(row.getInt("attempt"), row.getInt("debit_attempt")),
                reverses == null ? null : new Original(reverses, row.getObject("gives_back", Long.class)),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)),
                UtcTimes.instant(row.getObject("updated_at", LocalDateTime.class)));
        return new Row(
                transfer,
                row.getString("asked_by"),
                row.getString("leg_command_id"),
                row.getObject("leg_number", Long.class));
    }
}
