package io.fanfare.bench.load;

import io.fanfare.bench.load.Insisting.Settled;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** How requests about wallets were answered, by kind. For all threads. */
final class Tally {

    /** What is asked, and for which reasons it may be refused. */
    enum Kind {
        PLAY("play"),
        REDEEM("redeem, paid", "INSUFFICIENT_BALANCE", "PRIZE_OUT_OF_STOCK"),
        UNLOCK("redeem, once", "INSUFFICIENT_BALANCE", "BELOW_THRESHOLD", "PRIZE_OUT_OF_STOCK", "ALREADY_EXISTS"),
        CONVERT("convert", "INSUFFICIENT_BALANCE", "NOTHING_TO_CONVERT"),
        TRANSFER("transfer", "INSUFFICIENT_BALANCE", "DAILY_LIMIT"),
        SPEND("spend", "INSUFFICIENT_BALANCE"),
        HOLD("hold", "INSUFFICIENT_BALANCE"),
        POST("post"),
        VOID("void");

        private final String label;

        @SuppressWarnings("ImmutableEnumChecker") // copied, and never changed
        private final Set<String> refusals;

        Kind(String label, String... refusals) {
            this.label = label;
            this.refusals = Set.of(refusals);
        }

        /** Whether a good platform may say so. */
        boolean mayBeRefused(String refusal) {
            return refusals.contains(refusal);
        }
    }

    private final Map<Kind, Figures> figures = new EnumMap<>(Kind.class);

    private static final class Figures {
        private long done;
        private long repeats;
        private final SortedMap<String, Long> refused = new TreeMap<>();
        private final List<Long> followedMillis = new ArrayList<>();
    }

    synchronized void done(Kind kind, Settled request) {
        of(kind, request).done++;
    }

    synchronized void refused(Kind kind, Settled request, String refusal) {
        of(kind, request).refused.merge(refusal, 1L, Long::sum);
    }

    private Figures of(Kind kind, Settled request) {
        Figures mine = figures.computeIfAbsent(kind, _ -> new Figures());
        mine.repeats += request.repeats();
        if (request.isFollowed()) {
            mine.followedMillis.add(request.followedNanos() / 1_000_000);
        }
        return mine;
    }

    synchronized WalletFigures result(int purses) {
        return new WalletFigures(
                figures.entrySet().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .toList(),
                purses);
    }

    private static WalletFigures.Row row(Kind kind, Figures figures) {
        List<Long> millis = figures.followedMillis.stream().sorted().toList();
        return new WalletFigures.Row(
                kind.label,
                figures.done,
                figures.refused,
                figures.repeats,
                millis.size(),
                millis.isEmpty() ? 0 : millis.get((millis.size() - 1) / 2),
                millis.isEmpty() ? 0 : millis.getLast());
    }
}
