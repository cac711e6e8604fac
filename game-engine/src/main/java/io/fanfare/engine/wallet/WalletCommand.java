package io.fanfare.engine.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.OpaqueId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is asked of a wallet. A command is carried out whole or not at all. */
public sealed interface WalletCommand {

    /**
     * Issues amounts to the player.
     *
     * @param activation when they become available
     * @param expiresAt null: never
     */
    record Credit(
            List<Money> amounts,
            Activation activation,
            @Nullable Instant expiresAt) implements WalletCommand {
        public Credit {
            amounts = List.copyOf(amounts);
            requireNonNull(activation, "activation");
        }

        /** Amounts that are available at once and never expire. */
        public Credit(List<Money> amounts) {
            this(amounts, Activation.AT_ONCE, null);
        }
    }

    /**
     * Issues amounts to the player, each on terms of its own: all of them or none.
     *
     * @param credits 1 to {@value #MAX_CREDITS}
     */
    record CreditEach(List<Credit> credits) implements WalletCommand {

        public static final int MAX_CREDITS = 1_000;

        public CreditEach {
            credits = List.copyOf(credits);
            if (credits.isEmpty() || credits.size() > MAX_CREDITS) {
                throw new IllegalArgumentException(
                        "%d credits in a command, expected 1 to %d".formatted(credits.size(), MAX_CREDITS));
            }
        }
    }

    /** Takes amounts from the player. */
    record Spend(List<Money> amounts) implements WalletCommand {
        public Spend {
            amounts = List.copyOf(amounts);
        }
    }

    /** Grants something once to a player who has earned so much, whatever they spent of it since. Nothing moves. */
    record Require(String grant, Money earned) implements WalletCommand {
        public Require {
            OpaqueId.require("grant", grant);
            requireNonNull(earned, "earned");
        }
    }

    /** Sets an amount aside. */
    record PlaceHold(HoldId hold, Money money, Instant expiresAt) implements WalletCommand {
        public PlaceHold {
            requireNonNull(hold, "hold");
            requireNonNull(money, "money");
            requireNonNull(expiresAt, "expiresAt");
        }
    }

    /**
     * Spends what is held.
     *
     * @param amount at most what is held, the rest becomes available; null: all of it
     */
    record PostHold(HoldId hold, @Nullable Long amount) implements WalletCommand {
        public PostHold {
            requireNonNull(hold, "hold");
            if (amount != null && amount < 1) {
                throw new IllegalArgumentException(
                        "amount of hold %s to post is %d, expected at least 1".formatted(hold, amount));
            }
        }
    }

    /** Makes what is held available again. */
    record VoidHold(HoldId hold) implements WalletCommand {
        public VoidHold {
            requireNonNull(hold, "hold");
        }
    }

    /** Turns an amount into another currency, as far as it gives whole units of it. */
    record Convert(Money from, Currency to, ConversionRate rate) implements WalletCommand {
        public Convert {
            requireNonNull(from, "from");
            requireNonNull(to, "to");
            requireNonNull(rate, "rate");
            if (from.currency().equals(to)) {
                throw new IllegalArgumentException("%s cannot be converted to itself".formatted(to));
            }
        }
    }

    /**
     * Corrects a balance by hand. What is added counts as earned, or comes out of what has lapsed; what is taken away has lapsed, and
     * what was earned stays earned. To undo an earning, reverse it.
     *
     * @param delta not 0
     * @param countsAsEarned of what is added; what is taken away never does
     */
    record Adjust(Currency currency, long delta, boolean countsAsEarned) implements WalletCommand {
        public Adjust {
            requireNonNull(currency, "currency");
            if (delta == 0 || delta == Long.MIN_VALUE) {
                throw new IllegalArgumentException("adjustment of %s is %d".formatted(currency, delta));
            }
        }

        /** What is added counts as earned. */
        public Adjust(Currency currency, long delta) {
            this(currency, delta, true);
        }
    }

    /**
     * Undoes what earlier commands of the wallet did: exactly, in their lots, all of them or none.
     *
     * @param sequences the numbers of the commands, each once; at most {@value #MAX_BATCH}
     * @param partial whether a player who has less than was given loses what is left, instead of nothing
     * @param reversible whether it can be reversed itself; commands of releases that did not know of that cannot, so that a wallet
     *     that is built anew comes to what it came to then
     */
    record Reverse(List<Long> sequences, boolean partial, boolean reversible) implements WalletCommand {

        public static final int MAX_BATCH = 100;

        public Reverse {
            sequences = List.copyOf(sequences);
            if (sequences.isEmpty() || sequences.size() > MAX_BATCH) {
                throw new IllegalArgumentException(
                        "%d commands to reverse, expected 1 to %d".formatted(sequences.size(), MAX_BATCH));
            }
            if (sequences.stream().distinct().count() < sequences.size()) {
                throw new IllegalArgumentException(
                        "commands to reverse are %s, expected each once".formatted(sequences));
            }
        }

        /** One that can be reversed itself. */
        public Reverse(List<Long> sequences, boolean partial) {
            this(sequences, partial, true);
        }
    }

    /**
     * Sends an amount on its way to another wallet.
     *
     * @param givesBack number of the {@link TransferIn} of this wallet that is sent back: what is left of the lots that it filled is drawn
     *     first; null: what expires first is, as always
     */
    record TransferOut(Money money, @Nullable Long givesBack) implements WalletCommand {
        public TransferOut {
            requireNonNull(money, "money");
            if (givesBack != null && givesBack < 1) {
                throw new IllegalArgumentException(
                        "number of the transfer to give back is %d, expected at least 1".formatted(givesBack));
            }
        }

        /** Of whatever expires first. */
        public TransferOut(Money money) {
            this(money, null);
        }
    }

    /**
     * Takes in what another wallet sent, or what this one sent and the other did not take.
     *
     * @param lots as the sender's entry names them: an amount does not live longer by moving
     */
    record TransferIn(Money money, List<Lot> lots) implements WalletCommand {
        public TransferIn {
            requireNonNull(money, "money");
            lots = List.copyOf(lots);
            if (!Lot.areOf(lots, money.amount())) {
                throw new IllegalArgumentException("lots %s are not those of %s".formatted(lots, money));
            }
        }
    }

    /** Makes everything available that waits for an action. */
    record Activate(String action) implements WalletCommand {
        public Activate {
            OpaqueId.require("action", action);
        }
    }

    /** Changes nothing but takes its number: it fills a hole. */
    record NoOp() implements WalletCommand {}

    /**
     * A command that asks for what cannot be, such as a negative amount. It holds a number like any other, so it is refused
     * at its turn; passing over it would leave a hole that stops the wallet.
     *
     * @param flaw what is wrong with it, for people
     */
    record Flawed(String flaw) implements WalletCommand {}
}
