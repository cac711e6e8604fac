package io.fanfare.bench.load;

/** Something that a player of a {@link Market} does, or a program on behalf of one. Amounts are in whole units of a currency. */
sealed interface Operation {

    /** Spins the wheel that fills the wallet. */
    record Play() implements Operation {}

    /** Asks for the prize of a milestone. */
    record Redeem(Market.Shelf shelf, String milestone) implements Operation {}

    /** Turns points into coins. */
    record Convert(long points) implements Operation {}

    /** @param to number of the player who receives it */
    record Transfer(int to, long points) implements Operation {}

    /** A program takes something. */
    record Spend(String currency, long amount) implements Operation {}

    /** A program sets points aside, and spends a part of them. */
    record HoldAndPost(long points, long part) implements Operation {}

    /** A program sets points aside, and gives them back. */
    record HoldAndVoid(long points) implements Operation {}

    /** A program sets points aside for some seconds, and is not heard of again. */
    record HoldAndLeave(long points) implements Operation {}
}
