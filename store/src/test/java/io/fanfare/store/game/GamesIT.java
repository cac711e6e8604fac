package io.fanfare.store.game;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.game.WalletScope;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.events.GameConfigured;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Page;
import io.fanfare.store.StoreServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class GamesIT {

    private final Definitions definitions;
    private final Games games;

    GamesIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.games = new Games(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
    }

    @Test
    void a_game_is_found_as_it_was_created() {
        GameRecord created = games.create(ACME, wheel("Spring wheel"), null);

        assertThat(created.revision()).isEqualTo(1);
        assertThat(created.definition()).isEqualTo(wheel("Spring wheel"));
        assertThat(games.find(ACME, created.id())).contains(created);
    }

    @Test
    void a_game_with_nothing_that_can_be_left_out_is_found_too() {
        var bare = new GameDefinition(
                null,
                null,
                "Bare",
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.DRAFT,
                GameRules.NONE,
                "{}",
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                WalletScope.TENANT);

        GameRecord created = games.create(ACME, bare, null);

        assertThat(games.find(ACME, created.id())).contains(created);
    }

    @Test
    void another_tenant_neither_sees_nor_changes_it() {
        GameId id = games.create(ACME, wheel("Spring wheel"), null).id();

        assertThat(games.find(RIVAL, id)).isEmpty();
        assertThat(games.find(RIVAL, id, 1)).isEmpty();
        assertThat(games.replace(RIVAL, id, wheel("Stolen wheel"), null)).isEmpty();
        assertThat(games.list(RIVAL, null, 10).items()).isEmpty();
        assertThat(games.find(ACME, id)).map(GameRecord::revision).contains(1L);
    }

    @Test
    void a_change_is_a_new_revision_and_the_old_one_stays() {
        GameRecord first = games.create(ACME, wheel("Spring wheel"), null);
        definitions.pass(Duration.ofMinutes(1));

        GameRecord second =
                games.replace(ACME, first.id(), wheel("Summer wheel"), null).orElseThrow();

        assertThat(second.revision()).isEqualTo(2);
        assertThat(second.createdAt()).isEqualTo(first.createdAt());
        assertThat(second.updatedAt()).isEqualTo(definitions.now());
        assertThat(games.find(ACME, first.id())).contains(second);
        assertThat(games.find(ACME, first.id(), 1)).contains(first);
        assertThat(games.find(ACME, first.id(), 2)).contains(second);
    }

    @Test
    void every_revision_is_published_without_odds() {
        GameId id = games.create(ACME, wheel("Spring wheel"), "00-trace").id();
        games.replace(ACME, id, wheel("Summer wheel"), null);

        assertThat(definitions.publishedKeys()).containsExactly("acme/game/" + id + "/1", "acme/game/" + id + "/2");
        GameConfigured published = (GameConfigured) definitions.published().getLast();
        assertThat(published.getName()).isEqualTo("Summer wheel");
        assertThat(published.getCampaignId()).isEqualTo("camp_spring");
        assertThat(published.getRevision()).isEqualTo(2);
        assertThat(published.getStatus()).isEqualTo("active");
        assertThat(published.toString()).doesNotContain("odds");
    }

    @Test
    void the_list_is_paged_from_the_newest() {
        List<GameRecord> created = Stream.of("One", "Two", "Three")
                .map(name -> games.create(ACME, wheel(name), null))
                .toList();

        Page<GameRecord> first = games.list(ACME, null, 2);
        Page<GameRecord> second = games.list(ACME, first.items().getLast().id(), 2);

        assertThat(first.items()).containsExactly(created.get(2), created.get(1));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.items()).containsExactly(created.getFirst());
        assertThat(second.hasMore()).isFalse();
    }

    private static GameDefinition wheel(String name) {
        return new GameDefinition(
                new MerchantId("merch_1"),
                new CampaignId("camp_spring"),
                name,
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.ACTIVE,
                new GameRules(
                        3, 1, true, Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-12-31T23:59:59.999Z")),
                "{\"prizes\":[{\"odds\":1}]}",
                "{\"min_duration_ms\":100}",
                "{\"theme\":\"spring\"}",
                OnUnavailable.FAIL,
                WalletScope.CAMPAIGN);
    }
}
