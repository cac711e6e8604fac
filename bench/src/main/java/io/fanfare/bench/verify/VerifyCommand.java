package io.fanfare.bench.verify;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** The program behind {@code ./fanfare verify}. Exit codes: 0 all well, 1 a violation or not possible, 2 not understood. */
public final class VerifyCommand {

    private VerifyCommand() {}

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

    private static int run(Arguments.Run run) throws InterruptedException {
        Map<String, String> environment = System.getenv();
        try {
            Target target = (run.port().isPresent() ? Target.atPort(run.port().getAsInt()) : Target.in(run.data()))
                    .with(environment);
            var verify = new Verify(target, environment.get("FANFARE_JWT_SECRET"), run.patience());
            Report report = verify.run(Optional.ofNullable(run.acks()));
            System.out.print(run.json() ? report.json() + "\n" : report.table());
            return report.passed() ? 0 : 1;
        } catch (IOException | SQLException | KafkaException | IllegalStateException e) {
            System.err.println("the platform could not be verified: " + e);
            return 1;
        }
    }
}
