package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.store.identity.Ids;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An amount on its way from one player's wallet to another's, within one scope. Each leg is a command whose id follows from the
 * transfer's, so that none is given twice.
 *
 * @param refusal why the sender's wallet or the receiver's refused; null where none did
 * @param lots of what was sent; none before it was, or where nothing of it expires
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
        Instant createdAt) {

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

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Status ofWord(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }
    }

    public Transfer {
        requireNonNull(tenant, "tenant");
        requireNonNull(money, "money");
        requireNonNull(status, "status");
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
        return leg("out");
    }

    /** The command that gives it to the receiver. */
    UUID credit() {
        return leg("in");
    }

    /** The command that gives it back to the sender. */
    UUID giveBack() {
        return leg("back");
    }

    private UUID leg(String which) {
        return Ids.derivedFrom("transfer-%s:%s/%s".formatted(which, tenant, id));
    }
}
