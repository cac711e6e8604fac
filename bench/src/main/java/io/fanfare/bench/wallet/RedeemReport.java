package io.fanfare.bench.wallet;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.bench.measure.Figures;
import io.fanfare.bench.measure.Gate;
import io.fanfare.bench.measure.Machine;
import io.fanfare.bench.measure.Processes;
import io.fanfare.bench.measure.Verification;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long redemptions take over HTTP, and whether the platform was right afterwards.
 *
 * @param rate redemptions per second
 * @param idle percent that the machine was idle before
 * @param granted from when it was to be sent until the answer that it is granted
 * @param followed how many of them were answered 202 first
 * @param repeated how often one of them was sent again before it had its answer
 * @param wrong what was refused or not answered, in the warm-up too
 * @param cpu seconds per 1,000 redemptions, by part
 */
record RedeemReport(
        int rate,
        Duration length,
        double idle,
        Figures granted,
        long followed,
        long repeated,
        long wrong,
        String firstWrong,
        Map<String, Double> cpu,
        Verification verified)
        implements Findings {

    private static final double P50_MILLIS = 150;
    private static final double P99_MILLIS = 500;

    RedeemReport {
        cpu = Map.copyOf(cpu);
    }

    List<Gate> gates() {
        boolean hasShown = granted.count() > 0;
        return List.of(
                new Gate("redemption, p50 in ms", granted.p50(), P50_MILLIS, hasShown),
                new Gate("redemption, p99 in ms", granted.p99(), P99_MILLIS, hasShown),
                new Gate("redemptions refused or unanswered", wrong, 0, hasShown));
    }

    @Override
    public boolean passed() {
        return verified.passed() && gates().stream().allMatch(Gate::passed);
    }

    @Override
    public String text() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%d redemptions/s for %d s: %d granted, %d of them answered 202 first, %d times sent again; "
                        + "the machine was %.0f %% idle before%s%n",
                rate,
                length.toSeconds(),
                granted.count(),
                followed,
                repeated,
                idle,
                Machine.remark(idle)));
        text.append(Figures.HEADER).append('\n').append(granted.line()).append('\n');
        text.append(Processes.line("redemptions", cpu)).append('\n');
        gates().forEach(gate -> text.append(gate.line()).append('\n'));
        if (!firstWrong.isEmpty()) {
            text.append("  first complaint: ").append(firstWrong).append('\n');
        }
        return text.append(verified.text()).toString();
    }

    @Override
    public void json(ObjectNode report) throws IOException {
        ObjectNode redeem = report.putObject("redeem")
                .put("rate", rate)
                .put("seconds", length.toSeconds())
                .put("idle_percent_before", idle)
                .put("granted", granted.count())
                .put("followed", followed)
                .put("repeated", repeated)
                .put("wrong", wrong);
        redeem.set("stages", Figures.json(List.of(granted)));
        redeem.set("gates", Gate.json(gates()));
        ObjectNode perThousand = redeem.putObject("cpu_seconds_per_1000_redemptions");
        cpu.forEach(perThousand::put);
        redeem.set("verify", verified.json());
    }
}
