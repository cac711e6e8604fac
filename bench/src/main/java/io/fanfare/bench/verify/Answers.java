package io.fanfare.bench.verify;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/**
 * What the platform answered when it was asked for its state.
 *
 * @param asked the players whose wallets were asked for
 * @param sheets by tenant and currency
 * @param boardsAsked the boards that were asked for
 * @param ranks of single players; those who are missing in a ranking were asked for too
 */
record Answers(
        List<Ref> asked,
        List<WalletAnswer> wallets,
        Map<String, Map<String, Sheet>> sheets,
        List<Ref> boardsAsked,
        List<BoardAnswer> boards,
        List<RankAnswer> ranks) {

    Answers {
        asked = List.copyOf(asked);
        wallets = List.copyOf(wallets);
        sheets = Map.copyOf(sheets);
        boardsAsked = List.copyOf(boardsAsked);
        boards = List.copyOf(boards);
        ranks = List.copyOf(ranks);
    }

    /** @param expiring what of it ends when, by seconds since 1970 */
    record Balance(long available, long held, long earned, long spent, long pending, Map<Long, Long> expiring) {
        Balance {
            expiring = Map.copyOf(expiring);
        }
    }

    /** @param applied the number of the last command in it */
    record WalletAnswer(Wallet wallet, long applied, Map<String, Balance> balances) {
        WalletAnswer {
            balances = Map.copyOf(balances);
        }
    }

    /**
     * What the wallets of a tenant hold together of a currency, and where it came from.
     *
     * @param transferred what arrived less what was sent
     */
    record Sheet(
            BigInteger available,
            BigInteger held,
            BigInteger pending,
            BigInteger issued,
            BigInteger redeemed,
            BigInteger lapsed,
            BigInteger converted,
            BigInteger transferred) {}

    /** @param isCut whether there are more lines than were read */
    record BoardAnswer(Ref board, List<Line> lines, long total, boolean isCut) {
        BoardAnswer {
            lines = List.copyOf(lines);
        }
    }

    /** @param reachedAt in seconds since 1970 */
    record Line(long rank, String player, long score, long reachedAt) {}

    record RankAnswer(Ref board, String player, long rank, long score, long total) {}
}
