package io.fanfare.bench.platform;

import java.io.IOException;
import java.io.InterruptedIOException;

/** Sees to it that a platform of our own ends with this program: in order where it closes, by force where it is interrupted. */
public final class Custody implements AutoCloseable {

    private final Installation installation;
    private final Thread onExit = new Thread(this::killAll, "custody");

    public Custody(Installation installation) {
        this.installation = installation;
        Runtime.getRuntime().addShutdownHook(onExit);
    }

    /** Nobody needs what a Ctrl-C has left. */
    private void killAll() {
        try {
            for (Victim part : installation.victims()) {
                installation.kill(part);
            }
        } catch (IOException e) {
            System.err.println("some of the platform may still run: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            installation.end();
            Runtime.getRuntime().removeShutdownHook(onExit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while the platform ended; see " + installation.logs());
        }
    }
}
