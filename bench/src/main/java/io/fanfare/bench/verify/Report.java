package io.fanfare.bench.verify;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What a run has found.
 *
 * @param asOf the moment of the snapshot, by the database's clock
 * @param unchecked names of the checks of what a platform may well have none of, and this one has none of
 */
public record Report(Instant asOf, List<Check> checks, List<String> unchecked) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    public Report {
        checks = List.copyOf(checks);
        unchecked = List.copyOf(unchecked);
        if (checks.isEmpty()) {
            throw new IllegalArgumentException("no checks, expected at least one");
        }
    }

    public Report(Instant asOf, List<Check> checks) {
        this(asOf, checks, List.of());
    }

    public boolean passed() {
        return checks.stream().allMatch(Check::passed);
    }

    /** For people. */
    public String table() {
        var text = new StringBuilder("as of %s%n".formatted(asOf.truncatedTo(ChronoUnit.MILLIS)));
        text.append(
                String.format(Locale.ROOT, "%-4s  %3s  %-28s %10s  %10s%n", "", "inv", "check", "rows", "violations"));
        for (Check check : checks) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-4s  %3s  %-28s %10d  %10d  %s%n",
                    check.passed() ? "ok" : "FAIL",
                    check.invariant() == 0 ? "-" : Integer.toString(check.invariant()),
                    check.name(),
                    check.rows(),
                    check.violations(),
                    check.rows() == 0 && check.violations() == 0
                            ? "nothing to check: counts as failed"
                            : check.note()));
            check.examples()
                    .forEach(example ->
                            text.append("           ").append(example).append('\n'));
            if (check.violations() > check.examples().size()) {
                text.append("           … and %d more%n"
                        .formatted(check.violations() - check.examples().size()));
            }
        }
        unchecked.forEach(name ->
                text.append(String.format(Locale.ROOT, "%-4s  %3s  %-28s there are none%n", "none", "-", name)));
        long failed = checks.stream().filter(check -> !check.passed()).count();
        return text.append(failed == 0 ? "all well" : "%d of %d checks failed".formatted(failed, checks.size()))
                .append('\n')
                .toString();
    }

    /** For programs: one line. */
    public String json() {
        ObjectNode report = JSON.createObjectNode().put("passed", passed()).put("as_of", asOf.toString());
        ArrayNode list = report.putArray("checks");
        for (Check check : checks) {
            ObjectNode one = list.addObject();
            one.put("invariant", check.invariant());
            one.put("name", check.name());
            one.put("passed", check.passed());
            one.put("rows", check.rows());
            one.put("violations", check.violations());
            one.put("note", check.note());
            check.examples().forEach(one.putArray("examples")::add);
        }
        unchecked.forEach(report.putArray("not_checked")::add);
        return report.toString();
    }
}
