package io.fanfare.standalone;

import java.nio.file.Path;

/**
 * The platform's broker without the platform, as a program: the same node with the same settings, on a folder of its own. It says
 * {@code ready <bootstrap>} on standard output, and ends with its standard input.
 */
final class BrokerAlone {

    private BrokerAlone() {}

    /** @param words folder, and the port of the API whose platform would have the broker's port */
    public static void main(String... words) throws Exception {
        if (words.length != 2) {
            System.err.println("expected a folder and a port, got " + words.length + " words");
            System.exit(2);
        }
        try (DataDir dir = DataDir.open(Path.of(words[0]))) {
            var broker = new EmbeddedBroker(dir, Ports.withApiAt(Integer.parseInt(words[1])));
            broker.start();
            System.out.println("ready " + broker.bootstrap());
            System.in.readAllBytes();
            broker.stop();
        }
    }
}
