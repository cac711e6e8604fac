package io.fanfare.store.play;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BatchLanesTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch first = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);

    @AfterEach
    void everything_goes_on() {
        goOn.countDown();
        threads.close();
    }

    @Test
    void a_lone_piece_is_done_at_once() {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 10, 10, LONG));
        goOn.countDown();

        assertThat(lanes.submit(7)).isEqualTo(70);
        assertThat(batches).containsExactly(List.of(7));
    }

    @Test
    void what_arrives_while_a_batch_is_done_is_the_next_batch_in_the_order_of_arrival() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 3, 10, LONG));
        List<Future<Integer>> results = arriveDuringTheFirst(lanes, 5);

        goOn.countDown();

        for (int i = 0; i <= 5; i++) {
            assertThat(results.get(i).get()).isEqualTo(i * 10);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4, 5));
    }

    @Test
    void one_more_than_may_wait_is_refused_and_never_done() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 10, 2, LONG));
        List<Future<Integer>> results = arriveDuringTheFirst(lanes, 2);

        assertThatThrownBy(() -> lanes.submit(99)).isInstanceOf(LedgerBusy.class);
        goOn.countDown();

        assertThat(results.getLast().get()).isEqualTo(20);
        assertThat(batches).noneMatch(batch -> batch.contains(99));
    }

    @Test
    void a_piece_whose_turn_does_not_come_in_time_is_given_up_and_never_done() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 10, 10, Duration.ofMillis(50)));
        Future<Integer> leading = threads.submit(() -> lanes.submit(0));
        first.await();

        assertThatThrownBy(() -> lanes.submit(99))
                .isInstanceOf(LedgerBusy.class)
                .hasMessageContaining("PT0.05S");
        goOn.countDown();

        assertThat(leading.get()).isZero();
        assertThat(lanes.submit(1)).isEqualTo(10);
        assertThat(batches).containsExactly(List.of(0), List.of(1));
    }

    @Test
    void a_piece_that_is_under_way_is_waited_for_however_long_it_takes() throws Exception {
        var patience = Duration.ofSeconds(1);
        var lanes = lanes(GroupCommitSettings.ungathered(1, 10, 10, patience));

        Future<Integer> leading = threads.submit(() -> lanes.submit(4));
        first.await();
        assertThatThrownBy(() -> leading.get(patience.toMillis() + 200, TimeUnit.MILLISECONDS))
                .isInstanceOf(TimeoutException.class);
        goOn.countDown();

        assertThat(leading.get()).isEqualTo(40);
    }

    @Test
    void all_of_a_batch_that_breaks_hear_of_it_and_the_next_batch_is_done() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 2, 10, LONG));
        List<Future<Integer>> results = arriveDuringTheFirst(lanes, List.of(-1, 2, 3));

        goOn.countDown();

        assertThat(results.get(0).get()).isZero();
        for (int broken : List.of(1, 2)) {
            assertThatThrownBy(() -> results.get(broken).get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .hasMessage("no -1");
        }
        assertThat(results.get(3).get()).isEqualTo(30);
        assertThat(lanes.submit(5)).isEqualTo(50);
    }

    @Test
    void an_error_ends_its_batch_and_not_the_lane() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(1, 1, 10, LONG));
        List<Future<Integer>> results = arriveDuringTheFirst(lanes, List.of(-2, 3));

        goOn.countDown();

        assertThatThrownBy(() -> results.get(1).get()).rootCause().hasMessage("nor -2");
        assertThat(results.get(2).get()).isEqualTo(30);
    }

    @Test
    void another_lane_takes_what_others_want_and_leaves_what_an_owner_has_under_way() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(2, 10, 10, LONG));
        Future<Integer> first = threads.submit(() -> lanes.submit(0));
        this.first.await();

        Future<Integer> next = threads.submit(() -> lanes.submit(1));
        awaitWaiting(lanes, 1);
        Future<Integer> others = threads.submit(() -> lanes.submit(100));
        awaitBatches(2);

        assertThat(batches).containsExactly(List.of(0), List.of(100));
        assertThat(lanes.waiting()).isOne();
        goOn.countDown();
        assertThat(List.of(first.get(), next.get(), others.get())).containsExactly(0, 10, 1_000);
        assertThat(batches.getLast()).containsExactly(1);
    }

    @Test
    void with_many_lanes_each_piece_is_done_once_and_those_of_an_owner_in_their_order() throws Exception {
        int owners = 20;
        int pieces = 100;
        Map<Integer, List<Integer>> done = new ConcurrentHashMap<>();
        Set<Integer> underWay = ConcurrentHashMap.newKeySet();
        var lanes = new BatchLanes<Integer, Integer, Integer>(
                "numbers",
                new GroupCommitSettings(3, 8, owners * pieces, LONG, Duration.ofMillis(1), 4),
                threads,
                BatchLanesTest::owner,
                numbers -> {
                    Set<Integer> mine =
                            numbers.stream().map(BatchLanesTest::owner).collect(toSet());
                    assertThat(mine).allMatch(underWay::add);
                    numbers.forEach(number -> done.computeIfAbsent(
                                    owner(number), _ -> Collections.synchronizedList(new ArrayList<>()))
                            .add(number));
                    underWay.removeAll(mine);
                    return numbers;
                });

        List<Future<?>> all = new ArrayList<>();
        for (int owner = 0; owner < owners; owner++) {
            int first = owner * 100;
            all.add(threads.submit(() -> IntStream.range(first, first + pieces).forEach(lanes::submit)));
        }
        for (Future<?> one : all) {
            one.get();
        }

        assertThat(done)
                .hasSize(owners)
                .allSatisfy((owner, numbers) -> assertThat(numbers)
                        .containsExactlyElementsOf(IntStream.range(owner * 100, owner * 100 + pieces)
                                .boxed()
                                .toList()));
        assertThat(lanes.waiting()).isZero();
    }

    @Test
    void what_an_owner_brings_at_once_is_done_in_its_order_though_lanes_are_free() throws Exception {
        var lanes = lanes(GroupCommitSettings.ungathered(3, 2, 10, LONG));
        List<Future<Integer>> results = arriveDuringTheFirst(lanes, 5);

        goOn.countDown();

        assertThat(results.getLast().get()).isEqualTo(50);
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2), List.of(3, 4), List.of(5));
    }

    @Test
    void a_batch_close_upon_another_waits_for_company_until_there_is_enough() throws Exception {
        var lanes = lanes(new GroupCommitSettings(1, 10, 10, LONG, LONG, 3));
        goOn.countDown();
        Integer alone = lanes.submit(0);

        List<Future<Integer>> together = new ArrayList<>();
        for (int piece = 1; piece <= 3; piece++) {
            int mine = piece;
            together.add(threads.submit(() -> lanes.submit(mine)));
            while (piece < 3 && lanes.waiting() < piece) {
                Thread.onSpinWait();
            }
        }

        assertThat(alone).isZero();
        for (int piece = 1; piece <= 3; piece++) {
            assertThat(together.get(piece - 1).get()).isEqualTo(piece * 10);
        }
        assertThat(batches).containsExactly(List.of(0), List.of(1, 2, 3));
    }

    @Test
    void a_batch_close_upon_another_goes_on_alone_where_no_company_comes() {
        var lanes = lanes(new GroupCommitSettings(1, 10, 10, LONG, Duration.ofMillis(20), 3));
        goOn.countDown();

        lanes.submit(0);
        lanes.submit(1);

        assertThat(batches).containsExactly(List.of(0), List.of(1));
    }

    /** Numbers of the same hundred are one owner's. */
    private static int owner(int number) {
        return number / 100;
    }

    private BatchLanes<Integer, Integer, Integer> lanes(GroupCommitSettings settings) {
        return new BatchLanes<>("numbers", settings, threads, BatchLanesTest::owner, numbers -> {
            batches.add(numbers);
            first.countDown();
            await(goOn);
            if (numbers.contains(-1)) {
                throw new IllegalArgumentException("no -1");
            }
            if (numbers.contains(-2)) {
                throw new AssertionError("nor -2");
            }
            return numbers.stream().map(number -> number * 10).toList();
        });
    }

    private List<Future<Integer>> arriveDuringTheFirst(BatchLanes<Integer, Integer, Integer> lanes, int count)
            throws Exception {
        return arriveDuringTheFirst(
                lanes, IntStream.rangeClosed(1, count).boxed().toList());
    }

    /** One by one, so that their order is known. */
    private List<Future<Integer>> arriveDuringTheFirst(BatchLanes<Integer, Integer, Integer> lanes, List<Integer> later)
            throws Exception {
        List<Future<Integer>> results = new ArrayList<>();
        results.add(threads.submit(() -> lanes.submit(0)));
        first.await();
        for (int i = 0; i < later.size(); i++) {
            int piece = later.get(i);
            results.add(threads.submit(() -> lanes.submit(piece)));
            awaitWaiting(lanes, i + 1);
        }
        return results;
    }

    private static void awaitWaiting(BatchLanes<?, ?, ?> lanes, int count) {
        while (lanes.waiting() < count) {
            Thread.onSpinWait();
        }
    }

    private void awaitBatches(int count) {
        while (batches.size() < count) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
