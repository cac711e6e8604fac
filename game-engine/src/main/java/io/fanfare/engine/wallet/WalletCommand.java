package io.fanfare.engine.wallet;

import java.util.List;

/** What is asked of a wallet. */
public sealed interface WalletCommand {

    /** Issues amounts to the player. A credit of nothing changes nothing but takes its number: it fills a hole. */
    record Credit(List<Money> amounts) implements WalletCommand {
        public Credit {
            amounts = List.copyOf(amounts);
        }
    }

    /** Takes amounts from the player, all or none. */
    record Spend(List<Money> amounts) implements WalletCommand {
        public Spend {
            amounts = List.copyOf(amounts);
        }
    }

    /**
     * A command that asks for what cannot be, such as a negative amount. It holds a number like any other, so it is refused
     * at its turn; passing over it would leave a hole that stops the wallet.
     *
     * @param flaw what is wrong with it, for people
     */
    record Flawed(String flaw) implements WalletCommand {}
}
