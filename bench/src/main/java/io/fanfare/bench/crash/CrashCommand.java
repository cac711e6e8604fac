package io.fanfare.bench.crash;

import io.fanfare.bench.platform.Cluster;
import io.fanfare.bench.platform.Custody;
import io.fanfare.bench.platform.Folder;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.platform.Script;
import io.fanfare.bench.platform.Standalone;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.apache.kafka.common.KafkaException;

/**
 * The program behind {@code ./fanfare bench crash}. Exit codes: 0 nothing lost or doubled, 1 otherwise or not possible, 2 not
 * understood. Its folder goes when all was well, and stays when it was not.
 */
public final class CrashCommand {

    private static final int SEEDS = 1_000_000;

    private CrashCommand() {}

    /** See the class. */
    public static void main(String[] words) throws InterruptedException {
        // Before the first logger is made.
        System.setProperty("logback.configurationFile", "io/fanfare/bench/logback-quiet.xml");
        System.exit(
                switch (Arguments.parse(List.of(words), () -> new Random().nextLong(SEEDS))) {
                    case Arguments.Run run -> run(run);
                    case Arguments.Refused(String reason) -> {
                        System.err.println(reason);
                        yield 2;
                    }
                });
    }

    private static int run(Arguments.Run run) throws InterruptedException {
        PrintStream progress = run.json() ? System.err : System.out;
        try {
            Folder folder = Folder.claim(run.data());
            Installation installation = installation(run, folder);
            List<Kill> kills = Schedule.of(run.seed(), run.kills(), installation.victims());
            progress.println("%s, seed %d, %d kills, data in %s"
                    .formatted(run.target().name().toLowerCase(Locale.ROOT), run.seed(), kills.size(), folder.path()));
            CrashReport report = report(run, folder, installation, kills, progress);
            System.out.print(run.json() ? report.json() + "\n" : report.text());
            if (report.passed()) {
                folder.delete();
            } else {
                progress.println("everything is kept in " + folder.path());
            }
            return report.passed() ? 0 : 1;
        } catch (IOException | SQLException | KafkaException | IllegalStateException e) {
            System.err.println("seed %d: the run could not be finished: %s".formatted(run.seed(), e));
            return 1;
        }
    }

    private static Installation installation(Arguments.Run run, Folder folder) {
        Script script = Script.fromProperties(folder.path().resolve("fanfare.out"));
        Path data = folder.path().resolve("platform");
        return switch (run.target()) {
            case STANDALONE -> new Standalone(script, data, run.port());
            case CLUSTER -> new Cluster(script, data, run.port());
        };
    }

    private static CrashReport report(
            Arguments.Run run, Folder folder, Installation installation, List<Kill> kills, PrintStream progress)
            throws IOException, SQLException, InterruptedException {
        try (var _ = new Custody(installation)) {
            return new CrashRun(installation, folder.path().resolve("acks.ndjson"), progress::println, run.wallets())
                    .run(run.seed(), kills);
        }
    }
}
