package io.fanfare.edge;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service that has nothing but the edge: what it answers, every service answers. */
@SpringBootApplication(scanBasePackages = "io.fanfare.edge.nothing.else")
public class SampleService {

    /** Starts it on a free port. */
    public static ConfigurableApplicationContext start(Map<String, Object> properties) {
        return new SpringApplicationBuilder(SampleService.class, Routes.class)
                .properties(Map.of("server.port", 0, "fanfare.http.max-body", "4KB"))
                .properties(properties)
                .run();
    }

    @Bean
    Switchable switchable() {
        return new Switchable();
    }

    /** Ready or not, as the test says. */
    public static final class Switchable implements ReadinessCheck {
        public final AtomicBoolean up = new AtomicBoolean(true);

        @Override
        public String name() {
            return "switch";
        }

        @Override
        public Readiness check() {
            return up.get() ? READY : new Readiness.NotReady("is off");
        }
    }

    /** Holds whoever comes by until it is opened. */
    public static final class Barrier {
        private final CountDownLatch arrived = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        void pass() {
            arrived.countDown();
            await(opened);
        }

        public void awaitArrival() {
            await(arrived);
        }

        public void open() {
            opened.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                if (!latch.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("nothing happened within 20 s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Bean
    Barrier barrier() {
        return new Barrier();
    }

    record Wheel(String displayName, Rules rules, List<Slot> slots) {}

    record Rules(@Nullable Integer maxPlaysPerDay, @Nullable Boolean requireLogin) {}

    record Slot(@Nullable PlayerId bestPlayer, @Nullable Double probability) {}

    record Whoami(String tenant, @Nullable String player, List<String> roles, String traceparent) {}

    @RestController
    static class Routes {

        private final Barrier barrier;

        Routes(Barrier barrier) {
            this.barrier = barrier;
        }

        @Public
        @GetMapping("/held")
        Envelope<String> held() {
            barrier.pass();
            return Envelope.ok("passed");
        }

        @Allows({Role.PLAYER, Role.MACHINE})
        @GetMapping("/whoami")
        Envelope<Whoami> whoami(Caller caller) {
            return Envelope.ok(new Whoami(
                    caller.tenant().value(),
                    caller.player() == null ? null : caller.player().value(),
                    caller.roles().stream().map(Role::wireName).sorted().toList(),
                    TraceContext.current().traceparent()));
        }

        @Public
        @GetMapping("/hello")
        Envelope<String> hello(@Nullable Caller caller) {
            return Envelope.ok(caller == null ? "stranger" : caller.tenant().value());
        }

        @Allows(Role.ADMIN)
        @PostMapping("/wheels")
        Envelope<Wheel> wheels(@RequestBody Wheel wheel) {
            return Envelope.ok(wheel);
        }

        @Public
        @GetMapping("/wheels/{id}")
        Envelope<String> wheel(@PathVariable GameId id, @RequestParam int spins) {
            return Envelope.ok(id.value() + spins);
        }

        @Public
        @GetMapping("/numbers")
        Envelope<Page<Integer>> numbers(Paging paging) {
            Integer after = paging.after(Integer::valueOf);
            int from = after == null ? 1 : after + 1;
            List<Integer> read = IntStream.rangeClosed(from, 45)
                    .limit(paging.limitPlusOne())
                    .boxed()
                    .toList();
            return Envelope.ok(Page.of(read, paging, String::valueOf));
        }

        @Public
        @GetMapping("/broken")
        Envelope<String> broken() {
            throw new IllegalStateException("secret internals");
        }

        @Public
        @GetMapping("/database")
        Envelope<String> database() {
            throw new IllegalStateException("outer", new SQLTransientConnectionException("pool at 10.0.0.7 is empty"));
        }

        @Public
        @GetMapping("/crowded")
        Envelope<String> crowded() {
            throw new IllegalStateException("outer", new SQLException("deadlock with process 7", "40P01"));
        }

        @Public
        @GetMapping("/tired")
        Envelope<String> tired() {
            throw Refused.unavailable("the relay lags", Duration.ofMillis(3500));
        }

        @Public
        @GetMapping("/cheat")
        Envelope<String> cheat() {
            throw new Refused(Reason.CHEAT_DETECTED, "too fast", Map.of("duration_ms", "3"));
        }

        @Public
        @GetMapping(path = "/text", produces = MediaType.TEXT_PLAIN_VALUE)
        String text() {
            return "text";
        }
    }
}
