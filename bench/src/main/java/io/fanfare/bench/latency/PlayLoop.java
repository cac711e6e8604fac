package io.fanfare.bench.latency;

import io.fanfare.bench.load.Api;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Gaming;
import io.fanfare.bench.load.Outcome;
import io.fanfare.bench.load.Outcome.Acknowledged;
import io.fanfare.bench.load.Outcome.Credit;
import io.fanfare.bench.load.Outcome.OutOfTurns;
import io.fanfare.bench.load.Outcome.Wrong;
import io.fanfare.bench.measure.OpenLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Plays in an {@link OpenLoop}. Sessions are started ahead. */
final class PlayLoop {

    /** More questions than that would be a load of their own. */
    private static final int QUESTIONS_PER_SECOND = 100;

    private final Gaming gaming;
    private final Api state;
    private final Watches watches;
    private final Stage http;
    private final Stage visible;
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong numbers;
    private final OpenLoop loop = new OpenLoop(this::play);

    /** @param numbers of plays, which several loops share so that no key is used twice */
    PlayLoop(Gaming gaming, Api state, Watches watches, Stage http, Stage visible, AtomicLong numbers) {
        this.gaming = gaming;
        this.state = state;
        this.watches = watches;
        this.http = http;
        this.visible = visible;
        this.numbers = numbers;
    }

    /** Measured plays that were acknowledged. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** Plays that were refused or never answered. */
    long wrong() {
        return loop.wrong();
    }

    String firstWrong() {
        return loop.firstWrong();
    }

    /** See {@link OpenLoop#warmUp}. */
    void warmUp(int rate, Duration length) {
        loop.warmUp(rate, length);
    }

    /** See {@link OpenLoop#keepUp}. */
    void keepUp(int rate, Duration length) {
        loop.keepUp(rate, length);
    }

    /** Returns when every play has had its answer, and every question too. */
    void run(int rate, Duration length) {
        loop.run(rate, length);
    }

    private Optional<String> play(OpenLoop.Due due) throws IOException, InterruptedException {
        long number = numbers.incrementAndGet();
        String player = Gaming.player(number);
        Answer started = gaming.start(player, "k-" + number);
        due.await();
        Outcome outcome = gaming.play(player, "k-" + number, Gaming.session(started));
        return switch (outcome) {
            case Acknowledged play -> {
                heard(play, due);
                yield Optional.empty();
            }
            case OutOfTurns _ -> Optional.of(player + " is out of turns, and there is no limit");
            case Wrong(String complaint) -> Optional.of(complaint);
        };
    }

    private void heard(Acknowledged play, OpenLoop.Due due) throws IOException, InterruptedException {
        watches.answered(play.playId(), play.credit().isPresent(), play.heardNanos(), due.isMeasured());
        if (due.isMeasured()) {
            acknowledged.incrementAndGet();
            http.took(play.heardNanos() - due.nanos());
        }
        int asksEvery = Math.max(1, due.rate() / QUESTIONS_PER_SECOND);
        if (due.place() % asksEvery == 0 && play.credit().isPresent()) {
            Credit credit = play.credit().get();
            long seen = gaming.awaitVisible(state, credit);
            if (due.isMeasured()) {
                visible.took(seen - play.heardNanos());
            }
        }
    }
}
