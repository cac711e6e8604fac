package io.fanfare.streams.leaderboard;

/** All slices of the boards. */
interface Slices {

    /**
     * The answer of all slices together; refused as UNAVAILABLE where one is missing, since a rank without it would be
     * too good.
     */
    <A> A ask(SliceQuestion<A> question);
}
