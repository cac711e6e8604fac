package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What became of everything that was asked of wallets.
 *
 * @param purses how many players were found to own what they were told
 */
public record WalletFigures(List<Row> rows, int purses) {

    public WalletFigures {
        rows = List.copyOf(rows);
    }

    /**
     * One kind of request. Times are in milliseconds.
     *
     * @param refused by reason
     * @param repeated how often one was sent again before it had its answer
     * @param followed answers that said that it was not decided yet
     */
    public record Row(
            String kind,
            long done,
            SortedMap<String, Long> refused,
            long repeated,
            long followed,
            long followedMedian,
            long followedLongest) {

        public Row {
            refused = new TreeMap<>(refused);
        }

        private String line() {
            String longest = followed == 0
                    ? ""
                    : String.format(
                            Locale.ROOT,
                            "; 202 for %.1f s in the middle, %.1f s at most",
                            followedMedian / 1000.0,
                            followedLongest / 1000.0);
            return String.format(
                    Locale.ROOT,
                    "  %-13s %7d done %9d repeated %6d followed   refused %s%s%n",
                    kind,
                    done,
                    repeated,
                    followed,
                    refused,
                    longest);
        }
    }

    public long answered() {
        return rows.stream()
                .mapToLong(row -> row.done()
                        + row.refused().values().stream()
                                .mapToLong(Long::longValue)
                                .sum())
                .sum();
    }

    /** For people. */
    public String text() {
        var text = new StringBuilder();
        rows.forEach(row -> text.append(row.line()));
        return text.append(String.format(
                        Locale.ROOT,
                        "  %d requests answered; %d players own what they were told%n",
                        answered(),
                        purses))
                .toString();
    }

    /** For programs. */
    public void json(ObjectNode report) {
        report.put("answered", answered()).put("purses", purses);
        ArrayNode kinds = report.putArray("kinds");
        for (Row row : rows) {
            ObjectNode one = kinds.addObject()
                    .put("kind", row.kind())
                    .put("done", row.done())
                    .put("repeated", row.repeated())
                    .put("followed", row.followed())
                    .put("followed_median_ms", row.followedMedian())
                    .put("followed_longest_ms", row.followedLongest());
            ObjectNode refused = one.putObject("refused");
            row.refused().forEach(refused::put);
        }
    }
}
