package io.fanfare.store.duplication;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.Overlap;
import io.fanfare.store.StoreServer;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.campaign.CampaignRecord;
import io.fanfare.store.campaign.CampaignSettings;
import io.fanfare.store.campaign.CampaignStatus;
import io.fanfare.store.campaign.Campaigns;
import io.fanfare.store.duplication.CampaignDuplicating.Duplication;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.leaderboard.LeaderboardDefinition;
import io.fanfare.store.leaderboard.LeaderboardRecord;
import io.fanfare.store.leaderboard.Leaderboards;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class CampaignDuplicatingIT {

    private final Definitions definitions;
    private final Campaigns campaigns;
    private final Games games;
    private final Leaderboards leaderboards;
    private final CampaignDuplicating duplicating;

    CampaignDuplicatingIT(StoreServer server) {
        this.definitions = new Definitions(server);
        this.campaigns =
                new Campaigns(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.games = new Games(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.leaderboards =
                new Leaderboards(definitions.database(), definitions.outbox(), definitions.ids(), definitions.clock());
        this.duplicating = new CampaignDuplicating(definitions.database(), campaigns, games, leaderboards);
    }

    @Test
    void its_games_are_copied_as_they_are_now_and_named_in_its_list() {
        GameId guest = games.create(ACME, wheel(null, "Elsewhere"), null).id();
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();
        GameRecord wheel = games.create(ACME, wheel(id, "Wheel"), null);
        games.replace(ACME, wheel.id(), wheel(id, "Better wheel"), null);
        games.create(ACME, wheel(id, "Not in the list"), null);
        campaigns.replace(ACME, id, spring("Spring", List.of(guest, wheel.id())), null);

        CampaignRecord copy = duplicated(id);

        List<GameRecord> copies = games.ofCampaign(ACME, copy.id(), 10);
        assertThat(copies)
                .extracting(game -> game.definition().name())
                .containsExactly("Better wheel", "Not in the list");
        assertThat(copies.getFirst().definition()).isEqualTo(wheel(copy.id(), "Better wheel"));
        assertThat(copy.definition().games())
                .containsExactly(guest, copies.getFirst().id());
        assertThat(copy.definition().status()).isEqualTo(CampaignStatus.DRAFT);
        assertThat(copy.definition().budget()).isEqualTo(700);
        assertThat(games.ofCampaign(ACME, id, 10)).hasSize(2).doesNotContainAnyElementsOf(copies);
    }

    @Test
    void its_leaderboards_are_copied_as_they_are_now_and_those_over_all_campaigns_are_not() {
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();
        LeaderboardId spins =
                leaderboards.create(ACME, board(id, "Spins"), null).id();
        leaderboards.create(ACME, board(id, "Wins"), null);
        LeaderboardId gone = leaderboards.create(ACME, board(id, "Gone"), null).id();
        leaderboards.create(ACME, board(null, "Over all"), null);
        leaderboards.replace(ACME, spins, board(id, "Better spins"), null);
        leaderboards.delete(ACME, gone, null);

        CampaignRecord copy = duplicated(id);

        assertThat(leaderboards.ofCampaign(ACME, copy.id(), 10))
                .extracting(LeaderboardRecord::definition)
                .containsExactly(board(copy.id(), "Better spins"), board(copy.id(), "Wins"));
        assertThat(leaderboards.ofCampaign(ACME, id, 10)).hasSize(2);
    }

    @Test
    void more_leaderboards_than_can_be_copied_at_once_are_not_copied_at_all() {
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();
        IntStream.rangeClosed(0, CampaignDuplicating.MOST_LEADERBOARDS)
                .forEach(n -> leaderboards.create(ACME, board(id, "Board " + n), null));

        assertThat(duplicating.duplicate(ACME, id, null)).isEqualTo(new Duplication.TooManyLeaderboards());
        assertThat(campaigns.list(ACME, null, 10).items()).hasSize(1);
    }

    @Test
    void a_long_name_leaves_room_for_saying_that_it_is_a_copy() {
        CampaignId id =
                campaigns.create(ACME, spring("x".repeat(200), List.of()), null).id();

        assertThat(duplicated(id).definition().name()).hasSize(200).endsWith("x (copy)");
    }

    @Test
    void what_is_another_tenants_is_not_there() {
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();

        assertThat(duplicating.duplicate(RIVAL, id, null)).isEqualTo(new Duplication.CampaignNotFound());
    }

    @Test
    void more_games_than_can_be_copied_at_once_are_not_copied_at_all() {
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();
        IntStream.rangeClosed(0, CampaignDuplicating.MOST_GAMES)
                .forEach(n -> games.create(ACME, wheel(id, "Wheel " + n), null));

        assertThat(duplicating.duplicate(ACME, id, null)).isEqualTo(new Duplication.TooManyGames());
        assertThat(campaigns.list(ACME, null, 10).items()).hasSize(1);
    }

    @Test
    void a_game_that_is_being_changed_is_copied_as_it_will_be() throws Exception {
        CampaignId id =
                campaigns.create(ACME, spring("Spring", List.of()), null).id();
        GameId changing = games.create(ACME, wheel(id, "Wheel"), null).id();
        GameId leaving = games.create(ACME, wheel(id, "Leaving"), null).id();

        CampaignRecord copy = Overlap.beforeCommit(
                definitions.database(),
                () -> {
                    games.replace(ACME, changing, wheel(id, "Without the mug"), null);
                    games.replace(ACME, leaving, wheel(null, "Leaving"), null);
                },
                () -> duplicated(id));

        assertThat(games.ofCampaign(ACME, copy.id(), 10))
                .extracting(game -> game.definition().name())
                .containsExactly("Without the mug");
    }

    private CampaignRecord duplicated(CampaignId id) {
        Duplication duplication = duplicating.duplicate(ACME, id, null);
        assertThat(duplication).isInstanceOf(Duplication.Duplicated.class);
        return ((Duplication.Duplicated) duplication).campaign();
    }

    private static CampaignDefinition spring(String name, List<GameId> games) {
        return new CampaignDefinition(
                null,
                name,
                CampaignStatus.ACTIVE,
                null,
                null,
                List.of(),
                games,
                List.of(),
                CampaignSettings.NONE,
                700,
                new Schedule(List.of(), ZoneOffset.UTC));
    }

    private static LeaderboardDefinition board(@Nullable CampaignId campaign, String name) {
        return new LeaderboardDefinition(campaign, name, "total_plays", "unique", "{}");
    }

    private static GameDefinition wheel(@Nullable CampaignId campaign, String name) {
        return new GameDefinition(
                null,
                campaign,
                name,
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.ACTIVE,
                GameRules.NONE,
                "{}",
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                null);
    }
}
