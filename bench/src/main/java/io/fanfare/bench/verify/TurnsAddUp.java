package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.Turns;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What was given, less the plays that took a turn, is what a player has, and never less than none. */
final class TurnsAddUp {

    private TurnsAddUp() {}

    private record Account(Ref player, String campaign) {}

    static void check(Snapshot snapshot, Findings findings) {
        Map<Account, Long> given = sum(snapshot.terms().turnMovements());
        Map<Account, Long> taken = taken(snapshot);
        Map<Account, Long> there = sum(snapshot.terms().turnBalances());
        Set<Account> accounts = new HashSet<>(given.keySet());
        accounts.addAll(taken.keySet());
        accounts.addAll(there.keySet());
        for (Account account : accounts) {
            long moved = given.getOrDefault(account, 0L);
            long played = taken.getOrDefault(account, 0L);
            long balance = there.getOrDefault(account, 0L);
            if (balance < 0 || moved - played != balance) {
                findings.violated("%s has %d turns in %s: %d were given, and %d plays took one"
                        .formatted(account.player(), balance, account.campaign(), moved, played));
            }
        }
        findings.saw(snapshot.terms().turnMovements().size()
                + snapshot.terms().turnBalances().size());
        findings.note("%d balances of turns".formatted(accounts.size()));
    }

    private static Map<Account, Long> sum(Iterable<Turns> rows) {
        Map<Account, Long> sums = new HashMap<>();
        rows.forEach(row -> sums.merge(new Account(row.player(), row.campaign()), row.turns(), Math::addExact));
        return sums;
    }

    private static Map<Account, Long> taken(Snapshot snapshot) {
        Map<Ref, Map<Long, GameRules>> rules = snapshot.rules();
        Map<Account, Long> taken = new HashMap<>();
        for (PlayRow play : snapshot.plays()) {
            GameRules rule = rules.getOrDefault(play.gameRef(), Map.of()).get(play.revision());
            if (rule != null && rule.useTurns() && rule.campaign() != null) {
                taken.merge(new Account(play.player(), rule.campaign()), 1L, Long::sum);
            }
        }
        return taken;
    }
}
