package io.fanfare.store.prize;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class PrizeRevisionsIT {

    private final Definitions definitions;
    private final Prizes prizes;
    private final PrizeRevisions revisions;

    PrizeRevisionsIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.prizes = new Prizes(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.revisions = new PrizeRevisions(definitions.database());
    }

    @Test
    void a_prize_is_what_it_was_at_the_time() {
        Instant atFirst = definitions.now();
        PrizeRecord mug = prizes.create(ACME, mug(1), Stock.Limited.of(5), null);
        definitions.pass(Duration.ofMinutes(1));
        Instant changedAt = definitions.now();
        PrizeRecord replaced = prizes.replace(ACME, mug.id(), mug(7), null).orElseThrow();
        definitions.pass(Duration.ofMinutes(1));

        assertThat(inForce(mug.id(), atFirst)).isEqualTo(mug.prize());
        assertThat(inForce(mug.id(), changedAt.minusMillis(1))).isEqualTo(mug.prize());
        assertThat(inForce(mug.id(), changedAt)).isEqualTo(replaced.prize());
        assertThat(inForce(mug.id(), definitions.now())).isEqualTo(replaced.prize());
        assertThat(replaced.prize().constraints().maxPerUser()).isEqualTo(7);
    }

    @Test
    void before_anything_is_known_of_it_the_oldest_revision_counts() {
        PrizeRecord mug = prizes.create(ACME, mug(1), Stock.Limited.of(5), null);
        prizes.replace(ACME, mug.id(), mug(7), null);

        assertThat(inForce(mug.id(), definitions.now().minusSeconds(1))).isEqualTo(mug.prize());
    }

    @Test
    void a_tenant_has_its_own_prizes_only() {
        PrizeId mug = prizes.create(ACME, mug(1), Stock.Limited.of(5), null).id();

        assertThat(revisions.inForce(RIVAL, List.of(mug), definitions.now())).isEmpty();
        assertThat(revisions.inForce(ACME, List.of(), definitions.now())).isEmpty();
    }

    private Prize inForce(PrizeId prize, Instant at) {
        return requireNonNull(revisions.inForce(ACME, List.of(prize), at).get(prize));
    }

    private static PrizeDefinition mug(int maxPerUser) {
        return new PrizeDefinition(
                "Mug", PrizeType.PHYSICAL, null, 900, new AwardConstraints(maxPerUser, 0), false, "{}");
    }
}
