package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PlatformTest {

    private final List<String> events = new CopyOnWriteArrayList<>();

    @Test
    void a_part_starts_after_all_it_needs_and_stops_before_them() throws Exception {
        Part database = new Fake("database", List.of());
        Part broker = new Fake("broker", List.of(database));
        Part api = new Fake("api", List.of(database, broker));
        Platform platform = platform(database, broker, api);

        platform.start();
        platform.stop();

        assertThat(events)
                .containsExactly("database up", "broker up", "api up", "api down", "broker down", "database down");
    }

    @Test
    void parts_that_do_not_need_one_another_start_side_by_side() throws Exception {
        var both = new CountDownLatch(2);
        Part.Action meet = () -> {
            both.countDown();
            if (!both.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the other part has not started beside this one");
            }
        };
        Platform platform = platform(Part.step("left", List.of(), meet), Part.step("right", List.of(), meet));

        platform.start();

        assertThat(both.getCount()).isZero();
    }

    @Test
    void when_a_part_fails_the_others_are_stopped_and_the_failure_is_named() {
        Part database = new Fake("database", List.of());
        Part broken = Part.step("registry", List.of(database), () -> {
            throw new IllegalStateException("no room");
        });
        Part api = new Fake("api", List.of(broken));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> platform(database, broken, api).start())
                .withMessage("registry did not start: no room");

        assertThat(events).containsExactly("database up", "database down");
    }

    @Test
    void a_part_that_fails_to_stop_does_not_keep_the_others_up() throws Exception {
        Part database = new Fake("database", List.of());
        Part stuck = new Fake("stuck", List.of(database)) {
            @Override
            public void stop() {
                throw new IllegalStateException("will not");
            }
        };
        Platform platform = platform(database, stuck);
        platform.start();

        platform.stop();

        assertThat(events).containsExactly("database up", "stuck up", "database down");
    }

    @Test
    void a_part_that_comes_up_while_the_platform_is_stopped_is_stopped_too() throws Exception {
        var coming = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        Part slow = new Fake("slow", List.of()) {
            @Override
            public void start() throws Exception {
                coming.countDown();
                goOn.await();
                super.start();
            }
        };
        Platform platform = platform(slow);
        Thread starter = Thread.ofPlatform().start(() -> {
            try {
                platform.start();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        coming.await();

        Thread stopper = Thread.ofPlatform().start(platform::stop);
        goOn.countDown();
        stopper.join();
        starter.join();

        assertThat(events).containsExactly("slow up", "slow down");
    }

    @Test
    void a_list_out_of_order_is_refused() {
        Part database = new Fake("database", List.of());
        Part api = new Fake("api", List.of(database));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> platform(api, database))
                .withMessageStartingWith("api");
    }

    private static Platform platform(Part... parts) {
        return new Platform(List.of(parts), Platform.Progress.silent());
    }

    private class Fake implements Part {
        private final String name;
        private final List<Part> needs;

        Fake(String name, List<Part> needs) {
            this.name = name;
            this.needs = needs;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Part> needs() {
            return needs;
        }

        @Override
        public void start() throws Exception {
            events.add(name + " up");
        }

        @Override
        public void stop() {
            events.add(name + " down");
        }
    }
}
