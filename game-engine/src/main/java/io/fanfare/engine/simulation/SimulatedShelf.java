package io.fanfare.engine.simulation;

import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Resolving.Resolution.Stands;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.simulation.Simulating.Question;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What is left in a simulation. Wins are counted per player only where a prize has a cap. */
final class SimulatedShelf implements Shelf {

    private static final long MILLIS_PER_DAY = 86_400_000;

    private final Map<PrizeId, Long> stock;
    private final Map<PrizeId, Long> codes;
    private final Map<PrizeId, Long> claimed = new HashMap<>();
    private final Map<Wins, Long> wins = new HashMap<>();
    private long spent;
    private long player;
    private long day;

    /** @param day since 1970; −1: ever */
    private record Wins(PrizeId prize, long player, long day) {}

    SimulatedShelf(Question question) {
        this.stock = new HashMap<>(question.stock());
        this.codes = new HashMap<>(question.codes());
    }

    /** From now on it answers for this player. */
    void turnTo(long playerNumber, Instant now) {
        this.player = playerNumber;
        this.day = Math.floorDiv(now.toEpochMilli(), MILLIS_PER_DAY);
    }

    void take(Stands stands) {
        for (Award award : stands.granted()) {
            Prize prize = award.prize();
            if (prize.constraints().isLimited()) {
                wins.merge(new Wins(prize.id(), player, -1), 1L, Long::sum);
                wins.merge(new Wins(prize.id(), player, day), 1L, Long::sum);
            }
            if (!prize.type().isCredit()) {
                stock.computeIfPresent(prize.id(), (_, units) -> units - 1);
            }
            if (prize.needsCode()) {
                codes.computeIfPresent(prize.id(), (_, left) -> left - 1);
            }
        }
        if (stands.claimed() != null) {
            claimed.merge(stands.claimed(), 1L, Long::sum);
        }
        spent = Math.addExact(spent, stands.cost());
    }

    @Override
    public long wonEver(PrizeId prize) {
        return wins.isEmpty() ? 0 : wins.getOrDefault(new Wins(prize, player, -1), 0L);
    }

    @Override
    public long wonToday(PrizeId prize) {
        return wins.isEmpty() ? 0 : wins.getOrDefault(new Wins(prize, player, day), 0L);
    }

    @Override
    public long unitsLeft(PrizeId prize) {
        return stock.getOrDefault(prize, UNLIMITED);
    }

    @Override
    public long codesLeft(PrizeId prize) {
        return codes.getOrDefault(prize, UNLIMITED);
    }

    @Override
    public long momentsClaimed(PrizeId prize) {
        return claimed.getOrDefault(prize, 0L);
    }

    @Override
    public long spentByGame() {
        return spent;
    }

    /** Of a campaign only this game is simulated. */
    @Override
    public long spentByCampaign() {
        return spent;
    }
}
