package io.fanfare.bench.latency;

import io.fanfare.bench.platform.Folder;
import io.fanfare.bench.platform.Lease;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/**
 * The program behind {@code ./fanfare bench latency} and {@code soak}. Exit codes: 0 every gate passed and verify is green, 1
 * otherwise or not possible, 2 not understood. Its folder goes when all was well, and stays when it was not.
 */
public final class LatencyCommand {

    private LatencyCommand() {}

    /** See the class. */
    public static void main(String[] words) throws InterruptedException {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "io/fanfare/bench/logback.xml");
        System.exit(
                switch (Arguments.parse(List.of(words))) {
                    case Arguments.Latency latency ->
                        measure(
                                latency.place(),
                                latency.json(),
                                (lease, progress) -> latency(latency, lease, progress));
                    case Arguments.Soak soak ->
                        measure(soak.place(), soak.json(), (lease, progress) -> soak(soak, lease, progress));
                    case Arguments.Refused(String reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                });
    }

    private record Result(boolean passed, String told) {}

    private interface Measurement {
        Result on(Lease lease, PrintStream progress) throws IOException, InterruptedException;
    }

    private static Result latency(Arguments.Latency wanted, Lease lease, PrintStream progress)
            throws IOException, InterruptedException {
        LatencyReport report = new LatencyRun(lease, progress::println)
                .run(wanted.rates(), wanted.warmUp(), wanted.length(), wanted.rounds());
        return new Result(report.passed(), wanted.json() ? report.json() + "\n" : report.text());
    }

    private static Result soak(Arguments.Soak wanted, Lease lease, PrintStream progress)
            throws IOException, InterruptedException {
        SoakReport report = new SoakRun(lease, progress::println).run(wanted.rate(), wanted.length());
        return new Result(report.passed(), wanted.json() ? report.json() + "\n" : report.text());
    }

    private static int measure(Arguments.Place place, boolean json, Measurement measurement)
            throws InterruptedException {
        PrintStream progress = json ? System.err : System.out;
        try {
            Folder folder = Folder.claim(place.data());
            Result result;
            try (Lease lease = Lease.of(folder, place.port(), place.running())) {
                result = measurement.on(lease, progress);
            }
            System.out.print(result.told());
            if (result.passed()) {
                folder.delete();
            } else {
                progress.println("everything is kept in " + folder.path());
            }
            return result.passed() ? 0 : 1;
        } catch (IOException | KafkaException | IllegalStateException e) {
            System.err.println("it could not be measured: " + e);
            return 1;
        }
    }
}
