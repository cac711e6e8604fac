package io.fanfare.store.play;

import static io.fanfare.engine.play.Wheel.ADA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.Wheel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL lets each session decide for itself; on MariaDB it is a setting of the server. */
class PostgresDurabilityIT {

    @Test
    void a_commit_waits_for_the_log_even_in_a_session_that_does_not() {
        var careless = LedgerFixture.onCarelessDatabase();
        DecidedPlay play = careless.decided(Wheel.neverWinning(), ADA);
        List<String> settings = new ArrayList<>(List.of(synchronousCommit(careless)));

        careless.commit(new PendingPlay(
                play,
                new IdempotencyClaim("durable", "hash"),
                _ -> {
                    settings.add(synchronousCommit(careless));
                    return new KeptAnswer(200, "{}");
                },
                null));

        assertThat(settings).containsExactly("off", "on");
    }

    private static String synchronousCommit(LedgerFixture fixture) {
        return fixture.database()
                .jdbc()
                .sql("show synchronous_commit")
                .query((row, _) -> row.getString(1))
                .single();
    }
}
