package io.fanfare.bench.wallet;

import io.fanfare.bench.platform.Folder;
import io.fanfare.bench.platform.Lease;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The program behind {@code ./fanfare bench wallet}. Exit codes: 0 every gate passed, the entries are as they must be and verify is
 * green, 1 otherwise or not possible, 2 not understood. Its folder goes when all was well, and stays when it was not.
 */
public final class WalletBench {

    private WalletBench() {}

    /** See the class. */
    public static void main(String[] words) throws InterruptedException {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "io/fanfare/bench/logback.xml");
        System.exit(
                switch (Arguments.parse(List.of(words))) {
                    case Arguments.Run run -> run(run);
                    case Arguments.Refused(String reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                });
    }

    private static int run(Arguments.Run wanted) throws InterruptedException {
        PrintStream progress = wanted.json() ? System.err : System.out;
        try {
            Folder folder = Folder.claim(wanted.data());
            var parts = new ArrayList<Findings>();
            for (Half half : wanted.halves()) {
                Findings part = measure(half, wanted, folder, progress::println);
                progress.print(part.text());
                parts.add(part);
            }
            var report = new Report(parts);
            System.out.print(wanted.json() ? report.json() + "\n" : report.text());
            if (report.passed()) {
                folder.delete();
            } else {
                progress.println("everything is kept in " + folder.path());
            }
            return report.passed() ? 0 : 1;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            System.err.println("it could not be measured: " + e);
            return 1;
        }
    }

    private static Findings measure(Half half, Arguments.Run wanted, Folder folder, Consumer<String> progress)
            throws Exception {
        return switch (half) {
            case APP -> new WalletRun(wanted, folder.path(), progress).run();
            case REDEEM -> {
                try (Lease lease = Lease.of(folder, wanted.port(), Optional.empty())) {
                    yield new RedeemRun(lease, progress).run(wanted.length());
                }
            }
        };
    }
}
