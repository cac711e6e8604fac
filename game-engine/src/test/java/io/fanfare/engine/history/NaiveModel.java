package io.fanfare.engine.history;

import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.CommittedPlay.GrantedReward;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What must hold of a history, recounted from its events alone: it imports nothing of the engine but events and ids. It says
 * what is wrong, or nothing.
 */
final class NaiveModel {

    private final int maxPlaysPerPlayer;
    private final PrizeId capped;
    private final int maxUnitsPerPlayer;
    private final Map<PrizeId, Long> units = new HashMap<>();
    private final Map<String, Integer> playsOf = new HashMap<>();
    private final Map<String, Integer> unitsOf = new HashMap<>();
    private final Map<String, PlayId> answered = new HashMap<>();
    private final Map<RewardId, PrizeId> live = new HashMap<>();
    private final Set<String> sessionsPlayed = new HashSet<>();
    private final Set<String> codesOut = new HashSet<>();
    private final Map<String, Long> lastSequence = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();

    /** @param capped the prize of which one player may win so many units only */
    NaiveModel(int maxPlaysPerPlayer, PrizeId capped, int maxUnitsPerPlayer) {
        this.maxPlaysPerPlayer = maxPlaysPerPlayer;
        this.capped = capped;
        this.maxUnitsPerPlayer = maxUnitsPerPlayer;
    }

    void stocked(PrizeId prize, long delta) {
        units.merge(prize, delta, Long::sum);
    }

    /** A play was acknowledged, for the first time or again. */
    void acknowledged(String player, String key, String session, CommittedPlay play) {
        PlayId before = answered.putIfAbsent(player + "/" + key, play.id());
        if (before != null) {
            check(
                    before.equals(play.id()),
                    "key %s was answered with %s, then with %s".formatted(key, before, play.id()));
            return;
        }
        check(sessionsPlayed.add(session), "session %s was played twice".formatted(session));
        int plays = playsOf.merge(player, 1, Integer::sum);
        check(plays <= maxPlaysPerPlayer, "%s played %d times".formatted(player, plays));
        long last = lastSequence.getOrDefault(player, 0L);
        check(play.sequence() == last + 1, "%s's play %d follows play %d".formatted(player, play.sequence(), last));
        lastSequence.put(player, play.sequence());
        play.rewards().forEach(reward -> granted(player, reward));
    }

    private void granted(String player, GrantedReward reward) {
        live.put(reward.id(), reward.prize());
        long left = units.merge(reward.prize(), -1L, Long::sum);
        check(left >= 0, "prize %s was given away %d times too often".formatted(reward.prize(), -left));
        int ofPlayer = unitsOf.merge(player + "/" + reward.prize(), 1, Integer::sum);
        check(
                !reward.prize().equals(capped) || ofPlayer <= maxUnitsPerPlayer,
                "%s won %d units of %s".formatted(player, ofPlayer, reward.prize()));
        if (reward.code() != null) {
            check(codesOut.add(reward.code()), "code %s went out twice".formatted(reward.code()));
        }
    }

    /** A reward was taken back, or its time ran out: its unit is there again. */
    void ended(RewardId reward) {
        PrizeId prize = live.remove(reward);
        check(prize != null, "reward %s ended twice".formatted(reward));
        if (prize != null) {
            units.merge(prize, 1L, Long::sum);
        }
    }

    void remains(PrizeId prize, long remaining) {
        long expected = units.getOrDefault(prize, 0L);
        check(remaining == expected, "%d of %s are left, expected %d".formatted(remaining, prize, expected));
    }

    List<String> wrong() {
        return List.copyOf(wrong);
    }

    private void check(boolean holds, String message) {
        if (!holds) {
            wrong.add(message);
        }
    }
}
