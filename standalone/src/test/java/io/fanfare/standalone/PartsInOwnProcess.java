package io.fanfare.standalone;

import io.fanfare.connectors.ConnectorDefinition;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** The real parts in a JVM of their own, so that a test can kill it. */
final class PartsInOwnProcess {

    private static final String RELAYING = "relaying";

    private PartsInOwnProcess() {}

    /** Starts that JVM and returns when the relay runs in it. The outbox and the topic are made there. */
    static Process start(Path folder, Ports ports) throws IOException {
        Process process = OwnProcess.java(PartsInOwnProcess.class, folder.toString(), Integer.toString(ports.api()))
                .redirectError(new File("target/parts-in-own-process.log"))
                .start();
        BufferedReader output = process.inputReader();
        String line = output.readLine();
        while (line != null && !line.equals(RELAYING)) {
            line = output.readLine();
        }
        if (line == null) {
            throw new IllegalStateException("the parts did not come up; see target/parts-in-own-process.log");
        }
        return process;
    }

    /** Folder and API port. Stays up until it is killed. */
    public static void main(String[] arguments) throws Exception {
        var parts = EmbeddedParts.start(Path.of(arguments[0]), Ports.withApiAt(Integer.parseInt(arguments[1])));
        Outbox outbox = Outbox.of(parts);
        outbox.createTable();
        outbox.createTopic();
        parts.connect().apply(ConnectorDefinition.outboxOnPostgresql(), Outbox.SOON);
        System.out.println(RELAYING);
        System.out.flush();
        new CountDownLatch(1).await();
    }
}
