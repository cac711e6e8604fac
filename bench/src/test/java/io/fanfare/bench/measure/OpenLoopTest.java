package io.fanfare.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

    private final ConcurrentLinkedQueue<OpenLoop.Due> taken = new ConcurrentLinkedQueue<>();

    @Test
    void each_turn_has_its_time() {
        var loop = new OpenLoop(this::take);

        loop.run(100, Duration.ofMillis(200));

        List<OpenLoop.Due> inOrder = inOrder();
        assertThat(inOrder).hasSize(20).allMatch(OpenLoop.Due::isMeasured);
        long first = inOrder.getFirst().nanos();
        assertThat(inOrder)
                .allSatisfy(due -> assertThat(due.nanos() - first)
                        .isEqualTo(Duration.ofMillis(10).toNanos() * due.place()));
    }

    @Test
    void nobody_waits_for_those_before() {
        var last = new CountDownLatch(10);
        var loop = new OpenLoop(due -> {
            last.countDown();
            return last.await(20, TimeUnit.SECONDS) ? Optional.empty() : Optional.of("the others were held up");
        });

        loop.run(100, Duration.ofMillis(100));

        assertThat(loop.firstWrong()).isEmpty();
        assertThat(loop.wrong()).isZero();
    }

    @Test
    void a_turn_is_told_ahead_and_comes_when_it_is_due() {
        var early = new ConcurrentLinkedQueue<Long>();
        var late = new ConcurrentLinkedQueue<Long>();
        var loop = new OpenLoop(due -> {
            early.add(System.nanoTime() - due.nanos());
            due.await();
            late.add(System.nanoTime() - due.nanos());
            return Optional.empty();
        });

        loop.run(10, Duration.ofMillis(100));

        assertThat(early).hasSize(1).allMatch(nanos -> nanos < 0);
        assertThat(late).hasSize(1).allMatch(nanos -> nanos >= 0);
    }

    @Test
    void the_warm_up_climbs_and_is_not_measured() {
        var loop = new OpenLoop(this::take);

        loop.warmUp(40, Duration.ofMillis(400));

        assertThat(taken).noneMatch(OpenLoop.Due::isMeasured);
        assertThat(taken).extracting(OpenLoop.Due::rate).containsOnly(10, 20, 30, 40);
        assertThat(taken).hasSize(1 + 2 + 3 + 4);
    }

    @Test
    void what_goes_wrong_is_counted_and_the_first_is_told() {
        var loop = new OpenLoop(due -> {
            if (due.place() == 0) {
                throw new IOException("no answer");
            }
            return due.place() == 1 ? Optional.of("refused") : Optional.empty();
        });

        loop.run(100, Duration.ofMillis(50));

        assertThat(loop.wrong()).isEqualTo(2);
        assertThat(loop.firstWrong()).containsAnyOf("no answer", "refused");
    }

    private Optional<String> take(OpenLoop.Due due) {
        taken.add(due);
        return Optional.empty();
    }

    private List<OpenLoop.Due> inOrder() {
        return taken.stream()
                .sorted(Comparator.comparingLong(OpenLoop.Due::place))
                .toList();
    }
}
