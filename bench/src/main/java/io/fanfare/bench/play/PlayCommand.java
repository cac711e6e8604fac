package io.fanfare.bench.play;

import io.fanfare.bench.platform.Folder;
import java.io.PrintStream;
import java.util.List;

/**
 * The program behind {@code ./fanfare bench play}. Exit codes: 0 every gate passed and the tables are as they must be, 1 otherwise or
 * not possible, 2 not understood. Its folder goes when all was well, and stays when it was not.
 */
public final class PlayCommand {

    private PlayCommand() {}

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
            PlayReport report = new PlayRun(wanted, progress::println).run(folder);
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
}
