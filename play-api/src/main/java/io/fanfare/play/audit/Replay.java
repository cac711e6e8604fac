package io.fanfare.play.audit;

import static java.util.stream.Collectors.joining;

import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Recomputing.Finding;
import io.fanfare.engine.play.Recomputing.Result;
import io.fanfare.engine.play.Recomputing.Won;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Validator.Verdict;
import io.fanfare.play.audit.AuditView.CaughtFacts;
import io.fanfare.play.audit.AuditView.PrizeRevision;
import io.fanfare.play.audit.PlayAudit.AuditedAttempt;
import io.fanfare.play.audit.PlayAudit.AuditedPlay;
import io.fanfare.play.audit.PlayAudit.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A play, or an attempt that was caught, as it is kept and as it comes out again.
 *
 * @param matches whether both sides are the same
 * @param differences where they are not, field by field
 * @param gameRevision the configuration that it was decided under, then and now
 * @param prizes the revision of each prize that it was decided under
 */
record Replay(
        PlayId playId,
        boolean matches,
        List<Difference> differences,
        PlayResult recorded,
        PlayResult recomputed,
        long gameRevision,
        List<PrizeRevision> prizes) {

    /**
     * What is kept otherwise than it comes out.
     *
     * @param field of the two sides, such as {@code rewards[0].value}
     * @param recorded as text; null where there is nothing
     * @param recomputed likewise
     */
    record Difference(
            String field,
            @Nullable String recorded,
            @Nullable String recomputed) {}

    /** One award, without what only the ledger gives. */
    record ReplayedReward(PrizeId prizeId, String name, String type, long quantity, long value) {

        private static ReplayedReward of(Won won) {
            return new ReplayedReward(won.prize(), won.name(), won.type().wireName(), won.quantity(), won.value());
        }
    }

    /**
     * One side.
     *
     * @param caught what gave it away; null where nothing did
     * @param seedData what the start dealt
     * @param metadata null of what was caught
     * @param score null where there is none
     * @param prizes one for each reward, in order
     */
    record PlayResult(
            String verdict,
            @Nullable CaughtFacts caught,
            Document seedData,
            @Nullable Document metadata,
            @Nullable Long score,
            List<ReplayedReward> rewards,
            List<PrizeId> prizes) {

        private static PlayResult plausible(Document seedData, Result result) {
            return new PlayResult(
                    AuditView.PLAUSIBLE,
                    null,
                    seedData,
                    result.metadata(),
                    result.score(),
                    result.won().stream().map(ReplayedReward::of).toList(),
                    result.won().stream().map(Won::prize).toList());
        }

        private static PlayResult without(String verdict, @Nullable CaughtFacts caught, Document seedData) {
            return new PlayResult(verdict, caught, seedData, null, null, List.of(), List.of());
        }
    }

    static Replay of(Replayed replayed) {
        AuditedPlay audited = replayed.play();
        Result kept = Result.recorded(audited.play());
        PlayResult recorded = PlayResult.plausible(audited.session().seed(), kept);
        PlayResult recomputed = switch (audited.verdictNow()) {
            case Verdict.Cheating cheating ->
                PlayResult.without(AuditView.CAUGHT, CaughtFacts.of(cheating), audited.dealt());
            case Verdict.Plausible() ->
                PlayResult.plausible(
                        audited.dealt(),
                        switch (replayed.finding()) {
                            case Finding.Matches() -> kept;
                            case Finding.Differs(Result expected) -> expected;
                        });
        };
        return of(audited.play().id(), recorded, recomputed, audited.play().gameRevision(), PrizeRevision.of(audited));
    }

    /** What an attempt would have won that was caught for nothing, nobody can say: its turn never came. */
    static Replay of(AuditedAttempt audited) {
        PlayResult recorded = PlayResult.without(
                AuditView.CAUGHT,
                CaughtFacts.of(audited.record()),
                audited.session().seed());
        PlayResult recomputed = switch (audited.verdictNow()) {
            case Verdict.Cheating cheating ->
                PlayResult.without(AuditView.CAUGHT, CaughtFacts.of(cheating), audited.dealt());
            case Verdict.Plausible() -> PlayResult.without(AuditView.PLAUSIBLE, null, audited.dealt());
        };
        return of(audited.record().id(), recorded, recomputed, audited.record().gameRevision(), List.of());
    }

    private static Replay of(
            PlayId play, PlayResult recorded, PlayResult recomputed, long gameRevision, List<PrizeRevision> prizes) {
        List<Difference> differences = differences(recorded, recomputed);
        return new Replay(play, differences.isEmpty(), differences, recorded, recomputed, gameRevision, prizes);
    }

    private static List<Difference> differences(PlayResult recorded, PlayResult recomputed) {
        var differences = new ArrayList<Difference>();
        compare("verdict", recorded.verdict(), recomputed.verdict(), differences);
        compare("caught", text(recorded.caught()), text(recomputed.caught()), differences);
        compare("seed_data", text(recorded.seedData()), text(recomputed.seedData()), differences);
        compare("metadata", text(recorded.metadata()), text(recomputed.metadata()), differences);
        compare("score", recorded.score(), recomputed.score(), differences);
        int most = Math.max(recorded.rewards().size(), recomputed.rewards().size());
        for (int i = 0; i < most; i++) {
            compareRewards(
                    "rewards[%d]".formatted(i),
                    i < recorded.rewards().size() ? recorded.rewards().get(i) : null,
                    i < recomputed.rewards().size() ? recomputed.rewards().get(i) : null,
                    differences);
        }
        return List.copyOf(differences);
    }

    /** Where one side has no such reward, its prize says which one is meant. */
    private static void compareRewards(
            String field,
            @Nullable ReplayedReward recorded,
            @Nullable ReplayedReward recomputed,
            List<Difference> differences) {
        compare(
                field + ".prize_id",
                recorded == null ? null : recorded.prizeId(),
                recomputed == null ? null : recomputed.prizeId(),
                differences);
        if (recorded != null && recomputed != null) {
            compare(field + ".name", recorded.name(), recomputed.name(), differences);
            compare(field + ".type", recorded.type(), recomputed.type(), differences);
            compare(field + ".quantity", recorded.quantity(), recomputed.quantity(), differences);
            compare(field + ".value", recorded.value(), recomputed.value(), differences);
        }
    }

    private static void compare(
            String field, @Nullable Object recorded, @Nullable Object recomputed, List<Difference> differences) {
        if (!Objects.equals(recorded, recomputed)) {
            differences.add(new Difference(field, text(recorded), text(recomputed)));
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Document document -> CanonicalText.of(document);
            case CaughtFacts caught -> "%s: %s".formatted(caught.why(), facts(caught.facts()));
            default -> value.toString();
        };
    }

    private static String facts(Map<String, String> facts) {
        return new TreeMap<>(facts)
                .entrySet().stream()
                        .map(fact -> fact.getKey() + "=" + fact.getValue())
                        .collect(joining(", "));
    }
}
