package io.fanfare.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private final List<String> told = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private final MovedClock clock = new MovedClock();
    private int revived;

    @Test
    void who_lives_is_left_alone() throws InterruptedException {
        var postgres = new Mortal("PostgreSQL");

        assertThat(supervisorOf(postgres).look()).isTrue();

        assertThat(postgres.starts).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void who_died_is_started_again_and_it_is_told() throws InterruptedException {
        var postgres = new Mortal("PostgreSQL");
        postgres.alive = false;

        assertThat(supervisorOf(postgres).look()).isTrue();

        assertThat(postgres.alive).isTrue();
        assertThat(revived).isEqualTo(1);
        assertThat(told).first().asString().isEqualTo("PostgreSQL has died and is started again");
    }

    @Test
    void what_needs_a_dead_one_waits_for_it() throws InterruptedException {
        var postgres = new Mortal("PostgreSQL");
        var registry = new Mortal("registry");
        postgres.alive = false;
        postgres.curable = false;
        registry.alive = false;
        Supervisor supervisor = supervisorOf(postgres, registry);

        supervisor.look();
        supervisor.look();
        assertThat(registry.starts).isZero();

        postgres.curable = true;
        clock.now = clock.now.plus(Duration.ofSeconds(2));
        supervisor.look();
        assertThat(registry.alive).isTrue();
    }

    @Test
    void who_cannot_be_brought_back_is_given_up_with_a_reason() throws InterruptedException {
        var postgres = new Mortal("PostgreSQL");
        postgres.alive = false;
        postgres.curable = false;
        Supervisor supervisor = supervisorOf(postgres);

        boolean goesOn = true;
        for (int i = 0; i < 100 && goesOn; i++) {
            goesOn = supervisor.look();
            clock.now = clock.now.plus(Duration.ofSeconds(5));
        }

        assertThat(goesOn).isFalse();
        assertThat(postgres.starts).isEqualTo(Revivals.MOST);
        assertThat(givenUp).singleElement().asString().contains("PostgreSQL", "did not come back");
        assertThat(told).contains("PostgreSQL did not come back: the disk is full");
    }

    private Supervisor supervisorOf(Child... children) {
        return new Supervisor(List.of(children), clock, told::add, () -> revived++, givenUp::add);
    }

    private static final class MovedClock extends Clock {

        private Instant now = Instant.parse("2026-01-01T12:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private static final class Mortal implements Child {

        private final String name;
        private boolean alive = true;
        private boolean curable = true;
        private int starts;

        private Mortal(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Part> needs() {
            return List.of();
        }

        @Override
        public void start() {
            starts++;
            if (!curable) {
                throw new IllegalStateException("the disk is full");
            }
            alive = true;
        }

        @Override
        public void stop() {
            alive = false;
        }

        @Override
        public boolean isAlive() {
            return alive;
        }
    }
}
