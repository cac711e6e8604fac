package io.fanfare.bench.verify;

import io.fanfare.bench.verify.WalletRecount.Settlements;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What the topic of entries tells of one wallet, each thing once.
 *
 * @param outcomes of commands by their numbers
 * @param settlements what time did, by its own numbers
 * @param inOrder all of them as they were first told
 */
record ToldOutcomes(
        SequencedMap<Long, Fact<SpecificRecord>> outcomes,
        SequencedMap<Long, Fact<SpecificRecord>> settlements,
        List<Fact<SpecificRecord>> inOrder) {

    static final ToldOutcomes NONE = new ToldOutcomes(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>());

    private static final String FORKED = "FORKED";

    /**
     * By wallet. An outcome may be told again where it is marked as repeated, a settlement also after the wallets were rebuilt; both
     * only with the same content.
     *
     * @param violation told what should not be
     */
    static Map<Wallet, ToldOutcomes> of(Published published, Consumer<String> violation) {
        Map<Wallet, ToldOutcomes> wallets = new HashMap<>();
        for (Fact<SpecificRecord> fact : published.entries()) {
            Wallet wallet = wallet(fact.value());
            if (wallet == null) {
                violation.accept("%s: nobody can read it".formatted(fact.place()));
                continue;
            }
            ToldOutcomes told = wallets.computeIfAbsent(
                    wallet, _ -> new ToldOutcomes(new LinkedHashMap<>(), new LinkedHashMap<>(), new ArrayList<>()));
            switch (fact.value()) {
                case WalletRefused refused
                when refused.getRefusal().equals(FORKED) ->
                    violation.accept("%s: wallet %s is forked at number %d: %s"
                            .formatted(fact.place(), wallet, refused.getSequence(), refused.getDetail()));
                case WalletRefused refused -> told.outcome(wallet, refused.getSequence(), fact, violation);
                case WalletPosted posted -> told.outcome(wallet, posted.getSequence(), fact, violation);
                case WalletSettled settled -> told.settled(wallet, settled, fact, violation);
                case null, default -> throw new IllegalStateException("a wallet without an outcome: " + fact);
            }
        }
        return wallets;
    }

    /** The settlements alone, for the recount. */
    static Map<Wallet, Settlements> settlements(Map<Wallet, ToldOutcomes> told) {
        Map<Wallet, Settlements> settlements = new HashMap<>();
        told.forEach((wallet, outcomes) -> {
            var byNumber = new TreeMap<Long, WalletSettled>();
            outcomes.settlements().forEach((number, fact) -> {
                if (fact.value() instanceof WalletSettled settled) {
                    byNumber.put(number, settled);
                }
            });
            settlements.put(wallet, new Settlements(byNumber));
        });
        return settlements;
    }

    /** Why a command was refused; null where it was carried out, or nothing was told of it. */
    @Nullable
    String refusal(long number) {
        Fact<SpecificRecord> fact = outcomes.get(number);
        return fact != null && fact.value() instanceof WalletRefused refused ? refused.getRefusal() : null;
    }

    /** What a record posts; nothing where it is a refusal. */
    static List<Posting> postings(@Nullable SpecificRecord value) {
        return switch (value) {
            case WalletPosted posted ->
                posted.getEntries().stream().map(Posting::of).toList();
            case WalletSettled settled ->
                settled.getEntries().stream().map(Posting::of).toList();
            case null, default -> List.of();
        };
    }

    private static @Nullable Wallet wallet(@Nullable SpecificRecord value) {
        return switch (value) {
            case WalletPosted posted -> new Wallet(posted.getTenantId(), posted.getScopeKey(), posted.getPlayerId());
            case WalletRefused refused ->
                new Wallet(refused.getTenantId(), refused.getScopeKey(), refused.getPlayerId());
            case WalletSettled settled ->
                new Wallet(settled.getTenantId(), settled.getScopeKey(), settled.getPlayerId());
            case null, default -> null;
        };
    }

    private void outcome(Wallet wallet, long number, Fact<SpecificRecord> fact, Consumer<String> violation) {
        Fact<SpecificRecord> first = outcomes.get(number);
        if (first == null) {
            long previous = last(outcomes);
            if (number != previous + 1) {
                violation.accept(
                        "%s: outcome %d of wallet %s follows %d".formatted(fact.place(), number, wallet, previous));
            }
            outcomes.put(number, fact);
            inOrder.add(fact);
        } else if (!fact.isRepeated()) {
            violation.accept("%s: command %d of wallet %s was settled before, at %s"
                    .formatted(fact.place(), number, wallet, first.place()));
        } else if (!fact.payload().equals(first.payload())) {
            violation.accept("%s: outcome %d of wallet %s is not what it was at %s"
                    .formatted(fact.place(), number, wallet, first.place()));
        }
    }

    private void settled(Wallet wallet, WalletSettled settled, Fact<SpecificRecord> fact, Consumer<String> violation) {
        long number = settled.getSettlement();
        Fact<SpecificRecord> first = settlements.get(number);
        if (first != null) {
            if (!fact.payload().equals(first.payload())) {
                violation.accept("%s: settlement %d of wallet %s is not what it was at %s"
                        .formatted(fact.place(), number, wallet, first.place()));
            }
            return;
        }
        long previous = last(settlements);
        if (number != previous + 1) {
            violation.accept(
                    "%s: settlement %d of wallet %s follows %d".formatted(fact.place(), number, wallet, previous));
        }
        if (settled.getAfterSequence() != last(outcomes)) {
            violation.accept("%s: settlement %d of wallet %s came after command %d, and says %d"
                    .formatted(fact.place(), number, wallet, last(outcomes), settled.getAfterSequence()));
        }
        settlements.put(number, fact);
        inOrder.add(fact);
    }

    private static long last(SequencedMap<Long, ?> numbered) {
        return numbered.isEmpty() ? 0 : numbered.lastEntry().getKey();
    }
}
