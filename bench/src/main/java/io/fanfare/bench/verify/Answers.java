package io.fanfare.bench.verify;

import java.util.List;
import java.util.Map;

/**
 * What the platform answered when it was asked for its state.
 *
 * @param asked the players whose wallets were asked for
 * @param boardsAsked the boards that were asked for
 * @param ranks of single players; those who are missing in a ranking were asked for too
 */
record Answers(
        List<Ref> asked,
        List<WalletAnswer> wallets,
        List<Ref> boardsAsked,
        List<BoardAnswer> boards,
        List<RankAnswer> ranks) {

    Answers {
        asked = List.copyOf(asked);
        wallets = List.copyOf(wallets);
        boardsAsked = List.copyOf(boardsAsked);
        boards = List.copyOf(boards);
        ranks = List.copyOf(ranks);
    }

    record Balance(long available, long held, long earned, long spent) {}

    /** @param applied the number of the last command in it */
    record WalletAnswer(Wallet wallet, long applied, Map<String, Balance> balances) {
        WalletAnswer {
            balances = Map.copyOf(balances);
        }
    }

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
