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
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers.Begun.AnotherOfThatId;
import io.fanfare.store.wallet.Transfers.Begun.OverTheDay;
import io.fanfare.store.wallet.Transfers.Begun.UnderWay;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Transfers, step by step. The first step writes the debit; each later one follows from what a wallet said of the step before, and is
 * one transaction: the transfer's next state and the next command, by compare-and-set. So no step is lost or done twice, whoever
 * dies in between, and between two steps the amount is in one wallet or in the account of transfers, never in both or in none.
 */
public final class Transfers {

    /** Of all commands of a transfer. */
    public static final String REASON = "transfer";

    private final Database database;
    private final WalletCommands commands;
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
        /** A next command was given. */
        WENT_ON,
        ENDED,
        /** Neither wallet takes the amount. */
        STRANDED
    }

    public Transfers(Database database, WalletCommands commands, Clock clock) {
        this.database = database;
        this.commands = commands;
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
                now);
        insert(transfer, wish.askedBy());
        long sent = countUp(transfer, wish.money().amount());
        if (sent > limits.mostPerDay()) {
            long before = sent - wish.money().amount();
            forget(transfer);
            return new OverTheDay(Math.max(0, limits.mostPerDay() - before));
        }
        var order = new WalletOrder(
                transfer.sender(),
                transfer.debit(),
                new Cause(REASON, transfer.id()),
                new TransferOut(transfer.money()),
                wish.askedBy(),
                wish.traceparent(),
                now);
        return new UnderWay(transfer, commands.write(order));
    }

    public Optional<Transfer> find(TenantId tenant, String id) {
        return row(tenant, id, "").map(Row::transfer);
    }

    /**
     * Does what follows from what a wallet said.
     *
     * @param traceparent that the next command continues
     */
    public Step follow(WalletOutcome outcome, @Nullable String traceparent) {
        if (!outcome.cause().reason().equals(REASON)) {
            return Step.NOTHING;
        }
        TenantId tenant = outcome.wallet().tenant();
        return database.inTransactionOrAgain(() -> row(tenant, outcome.cause().refId(), "for update")
                .map(Row::transfer)
                .map(transfer -> follow(transfer, outcome, traceparent))
                .orElse(Step.NOTHING));
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
                List<Lot> lots = lots(entries);
                update(transfer, Status.SENT, null, lots);
                give(transfer.receiver(), transfer.credit(), transfer, lots, traceparent);
                yield Step.WENT_ON;
            }
            case Declined(Refusal refusal, String _) -> {
                update(transfer, Status.REFUSED, refusal, Lot.UNDATED);
                countUp(transfer, -transfer.money().amount());
                yield Step.ENDED;
            }
        };
    }

    private Step credited(Transfer transfer, WalletOutcome outcome, @Nullable String traceparent) {
        return switch (outcome.verdict()) {
            case Accepted _ -> {
                update(transfer, Status.COMPLETED, null, transfer.lots());
                yield Step.ENDED;
            }
            case Declined(Refusal refusal, String _) -> {
                update(transfer, Status.RETURNING, refusal, transfer.lots());
                give(transfer.sender(), transfer.giveBack(), transfer, transfer.lots(), traceparent);
                yield Step.WENT_ON;
            }
        };
    }

    private Step givenBack(Transfer transfer, WalletOutcome outcome) {
        return switch (outcome.verdict()) {
            case Accepted _ -> {
                update(transfer, Status.RETURNED, transfer.refusal(), transfer.lots());
                countUp(transfer, -transfer.money().amount());
                yield Step.ENDED;
            }
            case Declined(Refusal refusal, String _) -> {
                update(transfer, Status.STRANDED, refusal, transfer.lots());
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

    private void give(WalletId wallet, UUID command, Transfer transfer, List<Lot> lots, @Nullable String traceparent) {
        commands.write(new WalletOrder(
                wallet,
                command,
                new Cause(REASON, transfer.id()),
                new TransferIn(transfer.money(), lots),
                null,
                traceparent,
                clock.instant()));
    }

    private void insert(Transfer transfer, String askedBy) {
        try {
            database.jdbc()
                    .sql("""
                            insert into wallet_transfer (tenant_id, transfer_id, from_player_id, to_player_id, scope_key,
                                currency, amount, epoch_day, asked_by, status, created_at, updated_at)
                            values (:tenant, :transfer, :from, :to, :scope, :currency, :amount, :day, :askedBy, 'pending',
                                :now, :now)
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

    private static long epochDay(Transfer transfer) {
        return transfer.createdAt().atZone(ZoneOffset.UTC).toLocalDate().toEpochDay();
    }

    /** The row is locked. */
    private void update(Transfer transfer, Status status, @Nullable Refusal refusal, List<Lot> lots) {
        database.jdbc()
                .sql("""
                        update wallet_transfer set status = :status, refusal = :refusal, lots = :lots, updated_at = :now
                        where tenant_id = :tenant and transfer_id = :transfer
                        """)
                .param("status", status.word())
                .param("refusal", refusal == null ? null : refusal.name())
                .param("lots", EntriesJson.writeLots(lots))
                .param("now", UtcTimes.column(clock.instant()))
                .param("tenant", transfer.tenant().value())
                .param("transfer", transfer.id())
                .update();
    }

    private record Row(Transfer transfer, String askedBy) {}

    private Optional<Row> row(TenantId tenant, String id, String lock) {
        return database.jdbc()
                .sql("select * from wallet_transfer where tenant_id = :tenant and transfer_id = :transfer " + lock)
                .param("tenant", tenant.value())
                .param("transfer", id)
                .query(Transfers::read)
                .optional();
    }

    private static Row read(ResultSet row, int number) throws SQLException {
        String refusal = row.getString("refusal");
        String lots = row.getString("lots");
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
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)));
        return new Row(transfer, row.getString("asked_by"));
    }
}
