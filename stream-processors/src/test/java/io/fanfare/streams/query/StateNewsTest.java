package io.fanfare.streams.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StateNewsTest {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String KEY = "acme/ada/spring";

    private final StateNews news = new StateNews();
    private final AtomicLong applied = new AtomicLong();

    @Test
    void nobody_waits_for_what_is_there() {
        var looks = new AtomicInteger();

        news.await(KEY, looks::incrementAndGet, _ -> true, LONG);

        assertThat(looks).hasValue(1);
    }

    @Test
    void every_change_is_seen_by_those_who_wait_for_it_whenever_it_comes() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 1; round <= 500; round++) {
                long wanted = round;
                Callable<Long> waiter = () -> news.await(KEY, applied::get, seen -> seen >= wanted, LONG);
                List<Future<Long>> waiters = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    waiters.add(threads.submit(waiter));
                }
                applied.set(round);
                news.changed(KEY);
                for (Future<Long> each : waiters) {
                    assertThat(each.get(1, TimeUnit.MINUTES)).isGreaterThanOrEqualTo(wanted);
                }
            }
        }
    }

    @Test
    void what_does_not_come_in_time_is_answered_as_it_is() {
        assertThat(news.await(KEY, applied::get, seen -> seen > 0, Duration.ofMillis(10)))
                .isZero();
    }

    @Test
    void looks_are_few_while_nothing_changes() {
        var looks = new AtomicInteger();

        news.await(KEY, looks::incrementAndGet, _ -> false, Duration.ofMillis(300));

        assertThat(looks).hasValueLessThan(10);
    }
}
