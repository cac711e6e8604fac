package io.fanfare.engine.fairness;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.LongStream;

/**
 * What anyone can check about the draws of a session once its seed is revealed:
 *
 * <ol>
 *   <li>SHA-256 of the server seed's 64 characters is the hash that the start showed: the seed was chosen before the play.
 *   <li>Draw n is the first 53 bits of HMAC-SHA256(key = those 64 characters, message = {@code client_seed + ":" + session_id +
 *       ":" + n}), as a number, divided by 2⁵³; n counts from 0 for the play, from 1,000,000,000 for what the start dealt.
 *   <li>A choice among k equal things cuts the 2⁵³ draws into k equal runs and takes the run that the draw falls into; a draw in
 *       the rest behind them is put aside and the next one taken. A choice by weight has one thing for every unit of
 *       weight, see {@link Odds}.
 * </ol>
 */
public final class FairnessProof {

    private FairnessProof() {}

    /** What was found. */
    public sealed interface Finding {

        /** @param draws from the first that was asked for */
        record Proven(List<Double> draws) implements Finding {
            public Proven {
                draws = List.copyOf(draws);
            }
        }

        /** The revealed seed is not the one that was committed to. */
        record AnotherSeed(String hashOfRevealed) implements Finding {}
    }

    /**
     * Recomputes draws.
     *
     * @param committedHash what the start showed
     * @param from number of the first draw
     * @param count 0 to 10,000
     */
    public static Finding check(
            String committedHash, ServerSeed revealed, String clientSeed, String sessionId, long from, int count) {
        requireNonNull(committedHash, "committedHash");
        if (count < 0 || count > 10_000) {
            throw new IllegalArgumentException("count is %d, expected 0 to 10,000".formatted(count));
        }
        if (!revealed.hash().equals(committedHash)) {
            return new Finding.AnotherSeed(revealed.hash());
        }
        var draws = ProvableDraws.continued(revealed, clientSeed, sessionId, from);
        return new Finding.Proven(
                LongStream.range(0, count).mapToObj(_ -> draws.next()).toList());
    }

    /**
     * Binds a table of odds to a session without showing it: HMAC-SHA256(server seed, canonical text of the table). Told at start;
     * whoever is given the table can check it once the seed is revealed.
     */
    public static String oddsCommitment(ServerSeed serverSeed, String canonicalOdds) {
        return Hmac.keyed(serverSeed.value()).hex(canonicalOdds);
    }
}
