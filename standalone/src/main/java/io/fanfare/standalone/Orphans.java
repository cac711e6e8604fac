package io.fanfare.standalone;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a platform that was killed leaves running. Only the holder of the data folder's lock may look for it. */
final class Orphans {

    private Orphans() {}

    /**
     * Ends the registry and then the database it writes to, if they are of this folder.
     *
     * @return one line per process ended
     */
    static List<String> end(Path root) throws InterruptedException {
        List<String> ended = new ArrayList<>();
        try {
            RegistryProcess.endOrphan(root)
                    .ifPresent(pid -> ended.add("ended the schema registry of a killed run (pid " + pid + ")"));
            DurablePostgres.endOrphan(root)
                    .ifPresent(pid -> ended.add("stopped the PostgreSQL of a killed run (pid " + pid + ")"));
        } catch (IOException e) {
            throw new CannotStart("cannot tell what an earlier run left in " + root + ": " + e, e);
        }
        return ended;
    }
}
