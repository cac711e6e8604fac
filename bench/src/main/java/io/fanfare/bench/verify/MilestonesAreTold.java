package io.fanfare.bench.verify;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.WalletRecount.Passed;
import io.fanfare.bench.verify.WalletRecount.Recounted;
import io.fanfare.bench.verify.WalletRecount.Step;
import io.fanfare.events.ConfiguredMilestone;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.MilestonesConfigured;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Milestones that come unasked: what was told had been earned, by a configuration in force, and was told once; and what was earned
 * under every configuration that may have counted was told.
 *
 * <p>A wallet is judged whenever its earnings rise, by the version in force at its own time. Definitions reach the wallets app on a topic of
 * their own, ahead of their time: within a minute of a change either version may have counted. What time did between two commands was
 * judged one by one, or together up to the next command, as it was settled.
 */
final class MilestonesAreTold {

    private static final Duration CHANGE = Duration.ofMinutes(1);
    private static final String CUMULATIVE_UNLOCK = "cumulative_unlock";

    /** What is in force before the first version. */
    private static final MilestonesConfigured NOTHING = MilestonesConfigured.newBuilder()
            .setTenantId("")
            .setGameId("")
            .setRevision(0)
            .setScopeKey("")
            .setCurrency("")
            .setMode("")
            .setAutoGrant(false)
            .setMilestones(List.of())
            .setEffectiveAt(Instant.EPOCH)
            .setOccurredAt(Instant.EPOCH)
            .build();

    private final Findings findings;
    private final Map<Ref, NavigableMap<Long, MilestonesConfigured>> versions = new HashMap<>();
    private final Map<Wallet, List<Moment>> moments = new HashMap<>();
    private final Map<Reached, Telling> told = new HashMap<>();

    private MilestonesAreTold(Findings findings) {
        this.findings = findings;
    }

    /** A milestone of a game, reached in a wallet. */
    private record Reached(Wallet wallet, Ref game, String milestone) {

        static Reached of(MilestoneReached told) {
            return new Reached(
                    new Wallet(told.getTenantId(), told.getScopeKey(), told.getPlayerId()),
                    new Ref(told.getTenantId(), told.getGameId()),
                    told.getMilestoneId());
        }

        @Override
        public String toString() {
            return "milestone %s of game %s in wallet %s".formatted(milestone, game, wallet);
        }
    }

    /**
     * A wallet after a command, or after time did something to it.
     *
     * @param sequence of the last command
     * @param at by the wallet's time
     * @param isSettled whether everything that came of it was told when the topics were read
     */
    private record Moment(
            long sequence, Instant at, Map<String, Balance> balances, boolean isOfTime, boolean isSettled) {

        long earned(String currency) {
            Balance balance = balances.get(currency);
            return balance == null ? 0 : balance.earned();
        }

        boolean isMeantBy(MilestoneReached told) {
            return told.getSequence() == sequence
                    && told.getOccurredAt().equals(at)
                    && told.getLifetimeEarned() == earned(told.getCurrency());
        }
    }

    /** When a milestone was first told. */
    private record Telling(Fact<MilestoneReached> fact, Moment moment) {

        /** A rebuilt app does again what time did since the last command, at the latest with the next one, and tells it again. */
        boolean mayBeRepeatedAfter(long sequence) {
            return moment.isOfTime() && (sequence == moment.sequence() || sequence == moment.sequence() + 1);
        }
    }

    static void check(
            Published published, Map<Wallet, ToldOutcomes> told, Map<Wallet, Recounted> recounted, Findings findings) {
        var check = new MilestonesAreTold(findings);
        published.config().stream().map(Fact::value).forEach(check::learn);
        told.forEach((wallet, outcomes) -> check.moments.put(
                wallet, moments(recounted.getOrDefault(wallet, Recounted.NOTHING), outcomes, published)));
        published.milestones().forEach(check::told);
        check.moments.forEach(check::earned);
        if (!check.told.isEmpty()) {
            findings.note("%d milestones".formatted(check.told.size()));
        }
    }

    private void learn(@Nullable SpecificRecord definition) {
        if (definition instanceof MilestonesConfigured configured) {
            versions.computeIfAbsent(new Ref(configured.getTenantId(), configured.getGameId()), _ -> new TreeMap<>())
                    .put(configured.getRevision(), configured);
        }
    }

    /** As far as a wallet's outcomes were told. */
    private static List<Moment> moments(Recounted recounted, ToldOutcomes told, Published published) {
        List<Moment> moments = new ArrayList<>();
        Instant clock = Instant.EPOCH;
        for (Step step : recounted.steps()) {
            long sequence = step.command().getSequence();
            Fact<SpecificRecord> outcome = told.outcomes().get(sequence);
            if (outcome == null) {
                return moments;
            }
            Instant occurredAt = step.command().getOccurredAt();
            clock = occurredAt.isAfter(clock) ? occurredAt : clock;
            moments.add(new Moment(sequence, clock, step.after(), false, published.isDrained(outcome)));
            for (Passed passed : step.since()) {
                Fact<SpecificRecord> settled = told.settlements().get(passed.number());
                if (settled == null) {
                    return moments;
                }
                clock = passed.at();
                moments.add(new Moment(sequence, clock, passed.after(), true, published.isDrained(settled)));
            }
        }
        return moments;
    }

    private void told(Fact<MilestoneReached> fact) {
        MilestoneReached told = fact.value();
        if (told == null) {
            findings.violated("%s: nobody can read it".formatted(fact.place()));
            return;
        }
        Reached reached = Reached.of(told);
        Moment moment = moments.getOrDefault(reached.wallet(), List.of()).stream()
                .filter(each -> each.isMeantBy(told))
                .findFirst()
                .orElse(null);
        if (moment == null) {
            findings.violated("%s: %s is told after command %d with %d %s earned at %s, and the wallet never was there"
                    .formatted(
                            fact.place(),
                            reached,
                            told.getSequence(),
                            told.getLifetimeEarned(),
                            told.getCurrency(),
                            told.getOccurredAt()));
            return;
        }
        boolean isConfigured = inForceAbout(reached.game(), moment.at()).stream()
                .anyMatch(version -> told.getLifetimeEarned() >= told.getThreshold()
                        && version.getCurrency().equals(told.getCurrency())
                        && grants(version, reached.wallet(), milestone -> isSame(milestone, told)));
        if (!isConfigured) {
            findings.violated("%s: %s is told by no configuration in force at %s: %s"
                    .formatted(fact.place(), reached, moment.at(), told));
        }
        Telling first = this.told.putIfAbsent(reached, new Telling(fact, moment));
        if (first != null && !first.mayBeRepeatedAfter(told.getSequence())) {
            findings.violated("%s: %s was told before, at %s"
                    .formatted(fact.place(), reached, first.fact().place()));
        }
    }

    private static boolean isSame(ConfiguredMilestone milestone, MilestoneReached told) {
        return milestone.getMilestoneId().equals(told.getMilestoneId())
                && milestone.getThreshold() == told.getThreshold()
                && milestone.getPrizeId().equals(told.getPrizeId());
    }

    private void earned(Wallet wallet, List<Moment> ofWallet) {
        versions.forEach((game, ofGame) -> {
            if (game.tenant().equals(wallet.tenant())) {
                ofGame.values().stream()
                        .filter(version -> version.getScopeKey().equals(wallet.scope()))
                        .flatMap(version -> version.getMilestones().stream())
                        .map(milestone -> new Reached(wallet, game, milestone.getMilestoneId()))
                        .distinct()
                        .filter(reached -> !told.containsKey(reached))
                        .forEach(reached -> untold(reached, ofWallet));
            }
        });
    }

    private void untold(Reached reached, List<Moment> ofWallet) {
        int lastCommand = 0;
        for (int index = 0; index < ofWallet.size(); index++) {
            List<Moment> before = ofWallet.subList(lastCommand, index);
            if (isReachedFor(reached, before, judgedAfter(ofWallet, index))) {
                Moment moment = ofWallet.get(index);
                findings.violated("%s was earned after command %d, at %s, and was never told"
                        .formatted(reached, moment.sequence(), moment.at()));
                return;
            }
            lastCommand = ofWallet.get(index).isOfTime() ? lastCommand : index;
        }
    }

    /** At which of these moments the wallet was judged next is not known, unless it is the only one. */
    private static List<Moment> judgedAfter(List<Moment> ofWallet, int index) {
        int end = index;
        while (end < ofWallet.size() - 1 && ofWallet.get(end).isOfTime()) {
            end++;
        }
        return ofWallet.subList(index, end + 1);
    }

    /** Whichever it was: the earnings had risen, and were enough for whichever version counted. */
    private boolean isReachedFor(Reached reached, List<Moment> before, List<Moment> judged) {
        return judged.stream()
                .allMatch(moment -> moment.isSettled()
                        && inForceAbout(reached.game(), moment.at()).stream()
                                .allMatch(version -> hasRisen(before, moment, version.getCurrency())
                                        && grants(
                                                version,
                                                reached.wallet(),
                                                milestone -> milestone
                                                                .getMilestoneId()
                                                                .equals(reached.milestone())
                                                        && milestone.getThreshold()
                                                                <= moment.earned(version.getCurrency()))));
    }

    private static boolean hasRisen(List<Moment> before, Moment moment, String currency) {
        long most =
                before.stream().mapToLong(each -> each.earned(currency)).max().orElse(0);
        return moment.earned(currency) > most;
    }

    private static boolean grants(
            MilestonesConfigured version, Wallet wallet, Predicate<ConfiguredMilestone> milestone) {
        return version.getAutoGrant()
                && version.getMode().equals(CUMULATIVE_UNLOCK)
                && version.getScopeKey().equals(wallet.scope())
                && version.getMilestones().stream().anyMatch(milestone);
    }

    /** The versions by which a wallet may have been judged at a time. */
    private Set<MilestonesConfigured> inForceAbout(Ref game, Instant at) {
        NavigableMap<Long, MilestonesConfigured> ofGame = versions.getOrDefault(game, new TreeMap<>());
        Instant since = at.minus(CHANGE);
        Set<MilestonesConfigured> inForce = new LinkedHashSet<>();
        Stream.concat(
                        Stream.of(since, at),
                        ofGame.values().stream()
                                .map(MilestonesConfigured::getEffectiveAt)
                                .filter(effectiveAt -> effectiveAt.isAfter(since) && effectiveAt.isBefore(at)))
                .forEach(time -> inForce.add(inForce(ofGame, time)));
        return inForce;
    }

    private static MilestonesConfigured inForce(NavigableMap<Long, MilestonesConfigured> ofGame, Instant at) {
        return ofGame.descendingMap().values().stream()
                .filter(version -> !version.getEffectiveAt().isAfter(at))
                .findFirst()
                .orElse(NOTHING);
    }
}
