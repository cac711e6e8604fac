package io.fanfare.bench.crash;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.load.WalletFigures;
import io.fanfare.bench.verify.Report;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a run has shown.
 *
 * @param acknowledged plays of the crowd, each counted once
 * @param wallets what became of what was asked of wallets; empty where nothing was
 * @param complaints refusals that should not have been
 * @param failure why the run ended early; empty where it did not
 * @param verified empty where the run ended early
 */
record CrashReport(
        long seed,
        List<Recovery> recoveries,
        long acknowledged,
        Optional<WalletFigures> wallets,
        List<String> complaints,
        String failure,
        Optional<Report> verified) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    CrashReport {
        recoveries = List.copyOf(recoveries);
        complaints = List.copyOf(complaints);
    }

    boolean passed() {
        return failure.isEmpty()
                && complaints.isEmpty()
                && verified.map(Report::passed).orElse(false);
    }

    /** For people; the kills were told as they came. */
    String text() {
        var text = new StringBuilder("%d kills, %d plays acknowledged%n".formatted(recoveries.size(), acknowledged));
        wallets.ifPresent(figures -> text.append(figures.text()));
        complaints.forEach(complaint ->
                text.append("  not as it should be: ").append(complaint).append('\n'));
        verified.ifPresent(report -> text.append(report.table()));
        if (!failure.isEmpty()) {
            text.append("the platform did not go on: ").append(failure).append('\n');
        }
        return text.append("seed %d: %s%n".formatted(seed, passed() ? "green" : "RED"))
                .toString();
    }

    /** For programs: one line. */
    String json() throws IOException {
        ObjectNode report = JSON.createObjectNode()
                .put("passed", passed())
                .put("seed", seed)
                .put("acknowledged", acknowledged)
                .put("failure", failure);
        complaints.forEach(report.putArray("complaints")::add);
        var kills = report.putArray("kills");
        for (Recovery recovery : recoveries) {
            ObjectNode kill = kills.addObject()
                    .put("victim", recovery.found().kill().victim().name())
                    .put("when", recovery.found().kill().when().name().toLowerCase(Locale.ROOT))
                    .put("after_ms", recovery.found().kill().after().toMillis())
                    .put("at", recovery.found().at().toString())
                    .put("processes", recovery.found().processes())
                    .put("in_flight", recovery.found().inFlight())
                    .put("launches", recovery.launches());
            recovery.times()
                    .ifPresent(times -> kill.put("first_play_ms", times.play().toMillis())
                            .put("credit_visible_ms", times.credit().toMillis())
                            .put("well_ms", times.well().toMillis()));
        }
        wallets.ifPresent(figures -> figures.json(report.putObject("wallets")));
        if (verified.isPresent()) {
            report.set("verify", JSON.readTree(verified.get().json()));
        }
        return report.toString();
    }
}
