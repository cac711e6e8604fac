package io.fanfare.worker.integration;

import java.time.Duration;

/** What follows from an attempt. */
sealed interface Verdict {

    /** For the log, in a few words. */
    String why();

    record Accepted(String why) implements Verdict {}

    record TryAgain(Duration in, String why) implements Verdict {}

    /** No attempt would succeed, or there were enough. */
    record GiveUp(String why) implements Verdict {}

    /** The endpoint wants nothing any more, neither this nor anything else. */
    record EndpointGone(String why) implements Verdict {}
}
