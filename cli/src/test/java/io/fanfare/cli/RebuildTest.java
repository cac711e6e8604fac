package io.fanfare.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.GenerationChanged;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RebuildTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void asks_for_the_next_generation_and_waits_until_it_is_live() throws Exception {
        var platform = new Scripted(generation(1, null, false));
        platform.then(generation(1, 2, false), generation(1, 2, true), generation(2, null, false));
        Rebuild rebuild = rebuild(platform);

        int building = rebuild.begin(false);
        rebuild.await(building);
        rebuild.show(false);

        assertThat(building).isEqualTo(2);
        assertThat(platform.begun).isEqualTo(1);
        assertThat(text(err))
                .contains(
                        "generation 2 is being built beside generation 1", "of 1,000 commands", "caught up; switching");
        assertThat(text(out)).isEqualTo("generation 2 of wallets is live\n");
    }

    @Test
    void looks_on_where_one_is_being_built_and_begins_no_other() throws Exception {
        var platform = new Scripted(generation(1, 2, false));

        assertThat(rebuild(platform).begin(false)).isEqualTo(2);

        assertThat(platform.begun).isZero();
        assertThat(text(err)).contains("generation 2 is being built already");
    }

    @Test
    void anew_gives_up_a_replay_but_never_a_switch() throws Exception {
        var replaying = new Scripted(generation(1, 2, false));
        var switching = new Scripted(generation(1, 2, true));

        assertThat(rebuild(replaying).begin(true)).isEqualTo(3);
        assertThat(rebuild(switching).begin(true)).isEqualTo(2);

        assertThat(replaying.begun).isEqualTo(1);
        assertThat(switching.begun).isZero();
    }

    @Test
    void says_so_where_another_one_took_its_place() {
        var platform = new Scripted(generation(1, 3, false));

        assertThatThrownBy(() -> rebuild(platform).await(2))
                .isInstanceOf(CannotDo.class)
                .hasMessage("generation 2 was given up for generation 3");
    }

    @Test
    void does_not_wait_for_ever_for_what_does_not_move() {
        var platform = new Scripted(generation(1, 2, false));
        platform.step = 0;

        assertThatThrownBy(() -> rebuild(platform).await(2))
                .isInstanceOf(CannotDo.class)
                .hasMessageStartingWith(
                        "generation 2 has not moved for 300 s (0 of 1,000 commands (0 %)); the platform goes on");
    }

    @Test
    void waits_for_what_moves_however_long_it_takes() throws Exception {
        var platform = new Scripted(generation(1, 2, false));
        platform.step = 1;
        platform.liveAt = 900;

        rebuild(platform).await(2);

        assertThat(platform.done).isGreaterThanOrEqualTo(900);
    }

    @Test
    void tells_programs_what_is_live_and_what_is_being_built() throws Exception {
        rebuild(new Scripted(generation(1, 2, true))).show(true);

        assertThat(Json.read(text(out))).isEqualTo(Json.read("""
                {"app": "wallets", "live": 1, "switching": true, "building": 2, "cut": [7, 8]}"""));
    }

    private Rebuild rebuild(Generations generations) {
        return new Rebuild(
                generations,
                new PrintStream(out, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                Duration.ofMinutes(5),
                Duration.ZERO,
                new Ticking());
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(UTF_8).replace(System.lineSeparator(), "\n");
    }

    private static GenerationChanged generation(int live, @Nullable Integer building, boolean switching) {
        return GenerationChanged.newBuilder()
                .setApp("wallets")
                .setLive(live)
                .setBuilding(building)
                .setSwitching(switching)
                .setCut(switching ? List.of(7L, 8L) : List.of())
                .setOccurredAt(Instant.EPOCH)
                .build();
    }

    /** Each look at it is a second later than the one before. */
    private static final class Ticking extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            now = now.plusSeconds(1);
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }
    }

    /** A platform that goes on as it was told to. */
    private static final class Scripted implements Generations {
        private final Deque<GenerationChanged> next = new ArrayDeque<>();
        private GenerationChanged now;
        private int begun;
        private long step = 10;
        private long done;
        private long liveAt = Long.MAX_VALUE;

        Scripted(GenerationChanged now) {
            this.now = now;
        }

        void then(GenerationChanged... more) {
            next.addAll(List.of(more));
        }

        @Override
        public GenerationChanged current() {
            if (begun > 0 && !next.isEmpty()) {
                now = next.remove();
            }
            if (done >= liveAt) {
                now = generation(2, null, false);
            }
            return now;
        }

        @Override
        public GenerationChanged begin(GenerationChanged before) {
            begun++;
            int building = before.getBuilding() == null ? before.getLive() : before.getBuilding();
            return generation(before.getLive(), building + 1, false);
        }

        @Override
        public Progress progress(GenerationChanged of) {
            done += step;
            return new Progress(done, 1_000, of.getSwitching());
        }
    }
}
