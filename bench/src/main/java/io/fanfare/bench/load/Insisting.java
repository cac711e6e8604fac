package io.fanfare.bench.load;

import io.fanfare.bench.load.Api.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * How a request gets its answer: one that got none, or one that is of the moment, is sent again under the same key, however long the
 * platform is away; what is begun and not decided is asked after until it is. For all threads.
 */
final class Insisting {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(800);

    private final Duration patience;
    private final AtomicInteger inFlight = new AtomicInteger();

    /** @param patience how long one request is repeated before that counts as a failure of the platform */
    Insisting(Duration patience) {
        this.patience = patience;
    }

    /**
     * A request with its definite answer.
     *
     * @param asked the answer to the request itself
     * @param end the same, or how it ended where it was only begun by then
     * @param repeats how often the request was sent again
     * @param followedNanos how long it was asked after; 0 where the answer was definite
     */
    record Settled(Answer asked, Answer end, int repeats, long followedNanos) {

        boolean isFollowed() {
            return asked.status() == 202;
        }
    }

    private interface Sending {
        Answer send() throws IOException;
    }

    private record Heard(Answer answer, int repeats) {}

    /** Requests that wait for an answer at this moment. */
    int inFlight() {
        return inFlight.get();
    }

    /**
     * Sends until there is a definite answer.
     *
     * @param what for messages
     * @param mine says who asks, and under which key
     * @throws IOException where there is none within the patience
     */
    Settled post(String what, Api mine, String path, String body) throws IOException {
        Heard heard = repeat(what, () -> mine.post(path, body), Insisting::isSettled);
        Answer asked = heard.answer();
        if (asked.next() != Answer.Next.FOLLOW) {
            return new Settled(asked, asked, heard.repeats(), 0);
        }
        if (asked.location().isEmpty()) {
            throw new IOException("%s was answered 202 and no Location: %s".formatted(what, asked.body()));
        }
        Answer end = ask(what, mine, asked.location(), answer -> !isPending(answer));
        return new Settled(asked, end, heard.repeats(), end.heardNanos() - asked.heardNanos());
    }

    /**
     * Asks until the answer is what is waited for.
     *
     * @throws IOException where it is not within the patience
     */
    Answer ask(String what, Api mine, String path, Condition condition) throws IOException {
        return repeat(
                        what,
                        () -> mine.get(path),
                        answer -> answer.next() == Answer.Next.TAKE_IT && condition.holds(answer))
                .answer();
    }

    interface Condition {
        boolean holds(Answer answer);
    }

    private static boolean isSettled(Answer answer) {
        return answer.next() != Answer.Next.ASK_AGAIN;
    }

    private static boolean isPending(Answer answer) {
        return answer.status() == 200 && answer.data().path("status").asText().equals("pending");
    }

    private Heard repeat(String what, Sending sending, Condition enough) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        Duration pause = FIRST_PAUSE;
        @Nullable String heard;
        int sent = 0;
        do {
            inFlight.incrementAndGet();
            try {
                Answer answer = sending.send();
                if (enough.holds(answer)) {
                    return new Heard(answer, sent);
                }
                heard = answer.status() + " " + answer.body();
            } catch (IOException e) {
                heard = e.toString();
            } finally {
                inFlight.decrementAndGet();
            }
            sent++;
            LockSupport.parkNanos(pause.toNanos());
            pause = longer(pause);
        } while (System.nanoTime() < deadline);
        throw new IOException(
                "%s has no answer after %d s; last heard: %s".formatted(what, patience.toSeconds(), heard));
    }

    static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }
}
