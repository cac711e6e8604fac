package io.fanfare.store.leaderboard;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class LeaderboardsIT {

    private final Definitions definitions;
    private final Leaderboards boards;

    LeaderboardsIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.boards =
                new Leaderboards(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
    }

    @Test
    void a_board_takes_effect_a_little_later_and_says_so() {
        LeaderboardRecord board = boards.create(ACME, board("Spring"), null);

        assertThat(board.effectiveAt()).isEqualTo(definitions.now().plusSeconds(5));
        assertThat(boards.find(ACME, board.id())).contains(board);
        LeaderboardConfigured published = definitions.published(LeaderboardConfigured.class);
        assertThat(published.getEffectiveAt()).isEqualTo(board.effectiveAt());
        assertThat(published.getMetric()).isEqualTo("total_plays");
        assertThat(published.getStatus()).isEqualTo("active");
        assertThat(published.getTieRule()).isEqualTo("unique");
        assertThat(published.getCampaignId()).isEqualTo("camp_spring");
    }

    @Test
    void a_change_is_a_new_revision_with_its_own_effect() {
        LeaderboardRecord first = boards.create(ACME, board("Spring"), null);
        definitions.pass(Duration.ofMinutes(1));

        LeaderboardRecord second =
                boards.replace(ACME, first.id(), board("Summer"), null).orElseThrow();

        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.effectiveAt()).isEqualTo(definitions.now().plusSeconds(5));
        assertThat(boards.find(ACME, first.id())).contains(second);
        assertThat(definitions.publishedKeys())
                .containsExactly("acme/leaderboard/" + first.id() + "/1", "acme/leaderboard/" + first.id() + "/2");
    }

    @Test
    void a_deleted_board_is_not_shown_and_the_deletion_is_published() {
        LeaderboardId id = boards.create(ACME, board("Spring"), null).id();

        boolean deleted = boards.delete(ACME, id, null);

        assertThat(deleted).isTrue();
        assertThat(boards.find(ACME, id)).isEmpty();
        assertThat(boards.list(ACME, null, 10).items()).isEmpty();
        assertThat(boards.delete(ACME, id, null)).isFalse();
        assertThat(boards.replace(ACME, id, board("Back"), null)).isEmpty();
        assertThat(((LeaderboardConfigured) definitions.published().getLast()).getStatus())
                .isEqualTo("deleted");
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it() {
        LeaderboardId id = boards.create(ACME, board("Spring"), null).id();

        assertThat(boards.find(RIVAL, id)).isEmpty();
        assertThat(boards.replace(RIVAL, id, board("Stolen"), null)).isEmpty();
        assertThat(boards.delete(RIVAL, id, null)).isFalse();
        assertThat(boards.find(ACME, id)).isPresent();
    }

    @Test
    void the_list_is_paged_from_the_newest() {
        List<LeaderboardRecord> created = Stream.of("One", "Two", "Three")
                .map(name -> boards.create(ACME, board(name), null))
                .toList();

        Page<LeaderboardRecord> first = boards.list(ACME, null, 2);
        Page<LeaderboardRecord> second =
                boards.list(ACME, first.items().getLast().id(), 2);

        assertThat(first.items()).containsExactly(created.get(2), created.get(1));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.items()).containsExactly(created.getFirst());
        assertThat(second.hasMore()).isFalse();
    }

    private static LeaderboardDefinition board(String name) {
        return new LeaderboardDefinition(new CampaignId("camp_spring"), name, "total_plays", "unique", "{}");
    }
}
