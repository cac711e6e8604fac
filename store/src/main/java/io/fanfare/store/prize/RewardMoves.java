package io.fanfare.store.prize;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.events.RewardChanged;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes what steps do to rewards, in the transaction that has locked them: first the rewards, then stock, codes and numbers, each
 * in ascending order, as everybody does.
 */
final class RewardMoves {

    private final RewardTables tables;
    private final Outbox outbox;

    RewardMoves(Database database, Outbox outbox) {
        this.tables = new RewardTables(database);
        this.outbox = outbox;
    }

    /** A prize among those of all tenants. */
    record OfPrize(TenantId tenant, PrizeId prize) implements Comparable<OfPrize> {

        private static final Comparator<OfPrize> ORDER =
                Comparator.comparing(OfPrize::tenant).thenComparing(OfPrize::prize);

        @Override
        public int compareTo(OfPrize other) {
            return ORDER.compare(this, other);
        }
    }

    /** A player among those of all tenants. */
    record OfPlayer(TenantId tenant, PlayerId player) implements Comparable<OfPlayer> {

        private static final Comparator<OfPlayer> ORDER =
                Comparator.comparing(OfPlayer::tenant).thenComparing(OfPlayer::player);

        static OfPlayer of(RewardMove move) {
            return new OfPlayer(move.before().tenant(), move.before().player());
        }

        @Override
        public int compareTo(OfPlayer other) {
            return ORDER.compare(this, other);
        }
    }

    RewardTables tables() {
        return tables;
    }

    /** @param moves of different rewards, which are locked */
    void write(List<RewardMove> moves) {
        if (moves.isEmpty()) {
            return;
        }
        tables.update(moves);
        tables.insertSteps(moves);
        tables.returnUnits(moves.stream()
                .filter(RewardMove::returnsUnit)
                .collect(groupingBy(
                        move -> new OfPrize(
                                move.before().tenant(), move.before().prize()),
                        TreeMap::new,
                        counting())));
        tables.voidCodes(moves.stream().filter(RewardMove::voidsCode).toList());
        outbox.writeAll(events(moves));
    }

    private List<OutboxEvent<RewardChanged>> events(List<RewardMove> moves) {
        SortedMap<OfPlayer, Long> wanted = moves.stream().collect(groupingBy(OfPlayer::of, TreeMap::new, counting()));
        Map<OfPlayer, Long> next = new HashMap<>();
        tables.advance(wanted).forEach((player, last) -> next.put(player, last - wanted.getOrDefault(player, 0L)));
        var events = new ArrayList<OutboxEvent<RewardChanged>>();
        for (RewardMove move : moves) {
            events.add(event(move, next.merge(OfPlayer.of(move), 1L, Long::sum)));
        }
        return events;
    }

    private static OutboxEvent<RewardChanged> event(RewardMove move, long number) {
        RewardRecord reward = move.before();
        var changed = RewardChanged.newBuilder()
                .setRewardId(reward.id().value())
                .setTenantId(reward.tenant().value())
                .setPlayerId(reward.player().value())
                .setPrizeId(reward.prize().value())
                .setGameId(reward.game().value())
                .setPlayId(reward.cause() instanceof RewardCause.OfPlay play ? play.id() : "")
                .setSequence(number)
                .setStep(move.stepName())
                .setStatusBefore(reward.state().wireName())
                .setStatus(move.outcome().state().wireName())
                .setUnitReturned(move.returnsUnit())
                .setOccurredAt(move.at())
                .build();
        return OutboxEvent.keyed(
                reward.tenant(),
                Topics.REWARDS,
                Topics.playerKey(reward.tenant().value(), reward.player().value()),
                changed,
                move.by().traceparent(),
                move.at());
    }
}
