package io.fanfare.standalone;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * One thing that the platform starts and stops: a server, a service, or a step that is done once all it needs is there.
 *
 * <p>Parts whose needs are met start side by side; all are stopped one by one in reverse order of the platform's list.
 */
interface Part {

    /** As the progress line shows it. */
    String name();

    /** Parts that must be up before this one starts. */
    List<Part> needs();

    /** Returns when the part can be used. */
    void start() throws Exception;

    /** Returns when the part has let go of its files and ports. Called only after {@link #start} returned. */
    void stop() throws Exception;

    /** Where it can be reached; empty for a step, which leaves nothing to be reached. */
    default Optional<URI> address() {
        return Optional.empty();
    }

    /** What to ask whether it is well, if that is not its address. */
    default Optional<URI> probe() {
        return address();
    }

    /** The process it runs in. */
    default long pid() {
        return ProcessHandle.current().pid();
    }

    /** Something done once on the way up, with nothing to stop. */
    static Part step(String name, List<Part> needs, Action action) {
        return new Step(name, needs, action);
    }

    /**
     * A service in this process. It is up when it is well.
     *
     * @param probe path under {@code address} that answers 200 when the service is well
     * @param start what it returns is closed to stop the service
     */
    static Part service(
            String name, URI address, String probe, List<Part> needs, Callable<? extends AutoCloseable> start) {
        return new Service(name, address, address.resolve(probe), needs, start);
    }

    /** What a step does. */
    @FunctionalInterface
    interface Action {
        void run() throws Exception;
    }
}
