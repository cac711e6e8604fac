package io.fanfare.bench.load;

import io.fanfare.bench.load.Operation.Convert;
import io.fanfare.bench.load.Operation.HoldAndLeave;
import io.fanfare.bench.load.Operation.HoldAndPost;
import io.fanfare.bench.load.Operation.HoldAndVoid;
import io.fanfare.bench.load.Operation.Play;
import io.fanfare.bench.load.Operation.Redeem;
import io.fanfare.bench.load.Operation.Spend;
import io.fanfare.bench.load.Operation.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a seed has each player do. They play a few times first, to have something; about as much is asked of wallets afterwards as
 * comes in, so that many requests find too little. The first players pass what they send around a ring.
 */
record OperationPlan(long seed, int players, int operations) {

    static final int OPENING_PLAYS = 3;
    static final int RING = 10;

    OperationPlan {
        if (players < 2 || players > 10_000 || operations < 1) {
            throw new IllegalArgumentException(
                    "%d players with %d operations each, expected 2 to 10,000 with at least one"
                            .formatted(players, operations));
        }
    }

    /** Of all players together, the first plays included. */
    long total() {
        return Math.multiplyExact((long) players, operations + OPENING_PLAYS);
    }

    /** Always the same for the same player, from 0. */
    List<Operation> of(int player) {
        var random = new Random(seed * 31_000 + player);
        // The first numbers of neighbouring seeds are alike.
        random.nextLong();
        var plan = new ArrayList<Operation>();
        for (int i = 0; i < OPENING_PLAYS; i++) {
            plan.add(new Play());
        }
        for (int i = 0; i < operations; i++) {
            plan.add(any(player, random));
        }
        return plan;
    }

    private Operation any(int player, Random random) {
        int dice = random.nextInt(100);
        if (dice < 30) {
            return new Play();
        }
        if (dice < 50) {
            return redeem(random, Market.Shelf.SHOP);
        }
        if (dice < 62) {
            return redeem(random, random.nextBoolean() ? Market.Shelf.CLUB : Market.Shelf.PATRON);
        }
        if (dice < 72) {
            return new Convert(5 + random.nextInt(56));
        }
        if (dice < 86) {
            return new Transfer(receiver(player, random), 1 + random.nextInt(40));
        }
        if (dice < 92) {
            return random.nextInt(4) == 0
                    ? new Spend(Market.COINS, 1 + random.nextInt(4))
                    : new Spend(Market.POINTS, 1 + random.nextInt(30));
        }
        int points = 2 + random.nextInt(30);
        return switch (random.nextInt(3)) {
            case 0 -> new HoldAndPost(points, 1 + random.nextInt(points));
            case 1 -> new HoldAndVoid(points);
            default -> new HoldAndLeave(points);
        };
    }

    private static Redeem redeem(Random random, Market.Shelf shelf) {
        List<String> milestones = shelf.milestones();
        return new Redeem(shelf, milestones.get(random.nextInt(milestones.size())));
    }

    private int receiver(int player, Random random) {
        int ring = Math.min(RING, players);
        return player < ring ? (player + 1) % ring : (player + 1 + random.nextInt(players - 1)) % players;
    }
}
