package io.fanfare.bench.platform;

import io.fanfare.bench.verify.Target;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** A platform that is nobody else's: it may be launched, killed in parts, and ended. Not for several threads. */
public interface Installation {

    /** What can be killed, each by its name. */
    List<Victim> victims();

    /** Those that together are everything. */
    List<Victim> parts();

    /** The processes behind a name, as they are now; empty where none runs. */
    List<ProcessHandle> processes(Victim victim) throws IOException;

    /**
     * Kills them with -9 and returns when they are dead.
     *
     * @return how many there were
     */
    int kill(Victim victim) throws IOException, InterruptedException;

    /** Starts what does not run; returns at once. */
    void launch() throws IOException;

    /** Whether a launch is under way. */
    boolean isLaunching();

    /**
     * Whether something is gone that does not come back unless it is launched again.
     *
     * @throws IOException where a launch has failed that nobody interfered with; the message says why
     */
    boolean needsLaunch() throws IOException;

    /** Whether everything runs and says of itself that it is well. */
    boolean isWell() throws IOException, InterruptedException;

    /** Ends it in order, and whatever is left of it. */
    void end() throws IOException, InterruptedException;

    Target target();

    /** Of every instance. */
    List<URI> api();

    /** Of every instance. */
    List<URI> state();

    /** Where the platform takes webhooks from itself, for development. */
    URI webhookSink();

    /** Where to look when it does not go on. */
    String logs();
}
