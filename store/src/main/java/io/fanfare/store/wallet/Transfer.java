package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableSet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.TransferIn;
import io.fanfare.engine.wallet.WalletCommand.TransferOut;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.identity.Ids;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount on its way from one player's wallet to another's, within one scope. Each leg is a command whose id follows from the
 * transfer's and from the attempt that it is given under, so that none is given twice.
 *
 * <pre>
 *              refused                    refused                       refused
 *   PENDING ─────────────▶ REFUSED  SENT ─────────────▶ RETURNING ─────────────────▶ STRANDED
 *    │   debit accepted ▲            ▲ │ credit accepted    │ accepted                  │
 *    └───────────────────────────────┘ └──▶ COMPLETED       └──▶ RETURNED               │
 *                                    ▲                                       retry      │
 *                                    └──────────────────────────────────────────────────┘
 * </pre>
 *
 * {@code PENDING}, {@code SENT} and {@code RETURNING} wait for one command each: its {@link #leg}. A retry leaves them where they are, and
 * gives that leg a command of its own once more.
 *
 * <p>What has arrived is taken back by another transfer, the other way round: that one {@code reverses} it, and may be reversed itself.
 *
 * @param refusal why the sender's wallet or the receiver's refused; null where none did
 * @param lots of what was sent; none before it was, or where nothing of it expires
 * @param reverses the transfer that it takes back; null where a player sent it
 * @param movedAt when it came to where it is, or was retried
 */
public record Transfer(
        TenantId tenant,
        String id,
        PlayerId from,
        PlayerId to,
        ScopeKey scope,
        Money money,
        Status status,
        @Nullable Refusal refusal,
        List<Lot> lots,
        Attempts attempts,
        @Nullable Original reverses,
        Instant createdAt,
        Instant movedAt) {

    /** Where it is. */
    public enum Status {
        /** The sender's wallet has not said whether it has that much. */
        PENDING,
        /** It had not. */
        REFUSED,
        /** The sender's wallet gave it; the receiver's has not said that it took it. */
        SENT,
        COMPLETED,
        /** The receiver's wallet did not take it; it is on its way back. */
        RETURNING,
        RETURNED,
        /** Neither wallet takes it: somebody must look. */
        STRANDED;

        public static final Set<Status> NOT_ENDED =
                Arrays.stream(values()).filter(status -> !status.isEnd()).collect(toUnmodifiableSet());

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Nothing comes after it: the amount is in one of the wallets for good. */
        public boolean isEnd() {
            return switch (this) {
                case REFUSED, COMPLETED, RETURNED -> true;
                case PENDING, SENT, RETURNING, STRANDED -> false;
            };
        }

        static Status ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * How often its commands were tried.
     *
     * @param latest 1, and one more with each retry; what is given now is given under it
     * @param ofDebit the attempt whose debit counts: later ones begin behind it
     */
    public record Attempts(int latest, int ofDebit) {

        static final Attempts FIRST = new Attempts(1, 1);

        public Attempts {
            if (ofDebit < 1 || ofDebit > latest) {
                throw new IllegalArgumentException("the debit is of attempt %d of %d".formatted(ofDebit, latest));
            }
        }
    }

    /**
     * A completed transfer that is taken back.
     *
     * @param credit number of its credit, in the wallet that sends it back; null where that is not known
     */
    public record Original(String id, @Nullable Long credit) {

        public Original {
            requireNonNull(id, "id");
        }
    }

    /** The command that a transfer waits for, and the wallet that it is for. */
    public record Leg(WalletId wallet, UUID command) {}

    public Transfer {
        requireNonNull(tenant, "tenant");
        requireNonNull(money, "money");
        requireNonNull(status, "status");
        requireNonNull(attempts, "attempts");
        lots = List.copyOf(lots);
        if (from.equals(to)) {
            throw new IllegalArgumentException("transfer %s is from %s to themselves".formatted(id, from));
        }
    }

    public WalletId sender() {
        return new WalletId(tenant, from, scope);
    }

    public WalletId receiver() {
        return new WalletId(tenant, to, scope);
    }

    /** The command that takes it from the sender. */
    public UUID debit() {
        return command("out", attempts.ofDebit());
    }

    /** The command that gives it to the receiver. */
    UUID credit() {
        return command("in", attempts.latest());
    }

    /** The command that gives it back to the sender. */
    UUID giveBack() {
        return command("back", attempts.latest());
    }

    /** What it waits for; empty where it has ended, and where both wallets have refused. */
    public Optional<Leg> leg() {
        return switch (status) {
            case PENDING -> Optional.of(new Leg(sender(), debit()));
            case SENT -> Optional.of(new Leg(receiver(), credit()));
            case RETURNING -> Optional.of(new Leg(sender(), giveBack()));
            case REFUSED, COMPLETED, RETURNED, STRANDED -> Optional.empty();
        };
    }

    /** What the command of its leg says. */
    WalletCommand action() {
        return switch (status) {
            case PENDING -> new TransferOut(money, reverses == null ? null : reverses.credit());
            case SENT, RETURNING -> new TransferIn(money, lots);
            case REFUSED, COMPLETED, RETURNED, STRANDED ->
                throw new IllegalStateException("transfer %s is %s and waits for nothing".formatted(id, status));
        };
    }

    /**
     * A transfer of the same amount that takes this one back.
     *
     * @param credit number of this one's credit; null where it is not known
     * @throws IllegalStateException where it is not completed: there is nothing that could be taken back
     */
    Transfer takenBack(String backId, @Nullable Long credit, Instant now) {
        if (status != Status.COMPLETED) {
            throw new IllegalStateException("transfer %s is %s and was to be taken back".formatted(id, status));
        }
        return new Transfer(
                tenant,
                backId,
                to,
                from,
                scope,
                money,
                Status.PENDING,
                null,
                Lot.UNDATED,
                Attempts.FIRST,
                new Original(id, credit),
                now,
                now);
    }

    Transfer sent(List<Lot> lots) {
        return new Transfer(
                tenant, id, from, to, scope, money, Status.SENT, null, lots, attempts, reverses, createdAt, movedAt);
    }

    Transfer now(Status status, @Nullable Refusal refusal) {
        return new Transfer(
                tenant, id, from, to, scope, money, status, refusal, lots, attempts, reverses, createdAt, movedAt);
    }

    /**
     * The same with a leg that is to be given anew: what neither wallet took goes to the receiver once more.
     *
     * @throws IllegalStateException where it has ended
     */
    Transfer retried() {
        int next = attempts.latest() + 1;
        return switch (status) {
            case PENDING -> under(new Attempts(next, next));
            case SENT, RETURNING -> under(new Attempts(next, attempts.ofDebit()));
            case STRANDED -> under(new Attempts(next, attempts.ofDebit())).sent(lots);
            case REFUSED, COMPLETED, RETURNED ->
                throw new IllegalStateException("transfer %s is %s and was to be retried".formatted(id, status));
        };
    }

    private Transfer under(Attempts attempts) {
        return new Transfer(
                tenant, id, from, to, scope, money, status, refusal, lots, attempts, reverses, createdAt, movedAt);
    }

    /** All commands that may have been given under the latest attempt. */
    List<UUID> ofLatestAttempt() {
        return List.of(command("out", attempts.latest()), credit(), giveBack());
    }

    /** Those of the first attempt are named as they were before there were any others. */
    private UUID command(String leg, int attempt) {
        String which = attempt == 1 ? leg : "%s-%d".formatted(leg, attempt);
        return Ids.derivedFrom("transfer-%s:%s/%s".formatted(which, tenant, id));
    }
}
