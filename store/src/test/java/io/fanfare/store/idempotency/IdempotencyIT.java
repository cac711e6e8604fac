package io.fanfare.store.idempotency;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.Definitions;
import io.fanfare.store.Housekeeping;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.idempotency.Idempotency.Lookup;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class IdempotencyIT {

    private static final PlayerId ADA = new PlayerId("ada");
    private static final CallerKey KEY = CallerKey.ofPlayer(ACME, ADA, "key");
    private static final KeptAnswer REFUSAL = new KeptAnswer(400, "{\"code\":9}");

    private final Definitions definitions;
    private final Idempotency idempotency;

    IdempotencyIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.idempotency = new Idempotency(definitions.database(), definitions.clock());
    }

    @Test
    void a_key_is_unused_until_an_answer_is_kept() {
        assertThat(idempotency.find(KEY, "hash")).isInstanceOf(Lookup.Unused.class);

        Lookup kept = idempotency.keep(KEY, "hash", REFUSAL);

        assertThat(kept).isEqualTo(new Lookup.Answered(REFUSAL));
        assertThat(idempotency.find(KEY, "hash")).isEqualTo(new Lookup.Answered(REFUSAL));
        assertThat(idempotency.find(KEY, "another hash")).isInstanceOf(Lookup.Reused.class);
    }

    @Test
    void two_callers_may_choose_the_same_key() {
        idempotency.keep(KEY, "hash", REFUSAL);

        assertThat(idempotency.find(CallerKey.ofPlayer(RIVAL, ADA, "key"), "hash"))
                .isInstanceOf(Lookup.Unused.class);
        assertThat(idempotency.find(CallerKey.ofPlayer(ACME, new PlayerId("grace"), "key"), "hash"))
                .isInstanceOf(Lookup.Unused.class);
    }

    @Test
    void of_twins_that_keep_their_answers_all_get_the_same_one() throws Exception {
        List<Callable<Lookup>> twins = IntStream.range(0, 30)
                .mapToObj(i -> new KeptAnswer(400, "{\"trace_id\":\"%d\"}".formatted(i)))
                .<Callable<Lookup>>map(answer -> () -> idempotency.keep(KEY, "hash", answer))
                .toList();

        List<Lookup> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(twins).stream().map(Future::resultNow).toList();
        }

        assertThat(answers).hasOnlyElementsOfType(Lookup.Answered.class);
        assertThat(answers.stream().distinct()).hasSize(1);
        assertThat(idempotency.find(KEY, "hash")).isEqualTo(answers.getFirst());
    }

    @Test
    void after_24_hours_a_key_is_free_again() {
        idempotency.keep(KEY, "hash", REFUSAL);
        definitions.pass(Duration.ofHours(24));

        Lookup expired = idempotency.find(KEY, "hash");
        Lookup taken = idempotency.keep(KEY, "another hash", REFUSAL);

        assertThat(expired).isInstanceOf(Lookup.Unused.class);
        assertThat(taken).isEqualTo(new Lookup.Answered(REFUSAL));
        assertThat(idempotency.find(KEY, "hash")).isInstanceOf(Lookup.Reused.class);
    }

    @Test
    void expired_keys_are_swept_out_and_others_stay() {
        idempotency.keep(KEY, "hash", REFUSAL);
        definitions.pass(Duration.ofHours(24));
        idempotency.keep(CallerKey.ofPlayer(ACME, ADA, "later"), "hash", REFUSAL);

        var swept = new Housekeeping(definitions.database(), definitions.clock()).sweep();

        assertThat(swept.idempotencyKeys()).isEqualTo(1);
        assertThat(idempotency.find(CallerKey.ofPlayer(ACME, ADA, "later"), "hash"))
                .isInstanceOf(Lookup.Answered.class);
    }
}
