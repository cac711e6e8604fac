package io.fanfare.streams.leaderboard;

import java.util.List;

/**
 * What one instance answers for the slices that it holds.
 *
 * @param partitions the slices that the answer speaks for, ascending
 */
record SliceAnswer<A>(List<Integer> partitions, A answer) {

    SliceAnswer {
        partitions = List.copyOf(partitions);
    }
}
