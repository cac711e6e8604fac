package io.fanfare.store.campaign;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.quest.QuestId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operator says a campaign is.
 *
 * @param start null = from the beginning
 * @param end null = without end; otherwise after the start
 * @param channels where it is shown, such as website_embed
 * @param games in the order they are shown in
 * @param quests in the order they are shown in
 * @param budget what its games may give away in total, in the prizes' value; 0 = no bound
 * @param schedule the hours at which its games can be played
 */
public record CampaignDefinition(
        @Nullable MerchantId merchant,
        String name,
        CampaignStatus status,
        @Nullable Instant start,
        @Nullable Instant end,
        List<String> channels,
        List<GameId> games,
        List<QuestId> quests,
        CampaignSettings settings,
        long budget,
        Schedule schedule) {

    private static final Schedule ALWAYS = new Schedule(List.of(), ZoneOffset.UTC);

    public CampaignDefinition {
        requireNonNull(status, "status");
        requireNonNull(settings, "settings");
        requireNonNull(schedule, "schedule");
        if (budget < 0) {
            throw new IllegalArgumentException("budget is %d, expected 0 or more".formatted(budget));
        }
        channels = List.copyOf(channels);
        games = List.copyOf(games);
        quests = List.copyOf(quests);
        if (name.isBlank() || name.length() > 200) {
            throw new IllegalArgumentException("name has %d characters, expected 1 to 200".formatted(name.length()));
        }
        if (start != null && end != null && !start.isBefore(end)) {
            throw new IllegalArgumentException("end is %s, expected after the start %s".formatted(end, start));
        }
    }

    /** The same campaign, at its end: none of its games can be played. */
    CampaignDefinition ended() {
        return new CampaignDefinition(
                merchant, name, CampaignStatus.ENDED, start, end, channels, games, quests, settings, budget, schedule);
    }

    /** Without a budget, and open at all hours. */
    public CampaignDefinition(
            @Nullable MerchantId merchant,
            String name,
            CampaignStatus status,
            @Nullable Instant start,
            @Nullable Instant end,
            List<String> channels,
            List<GameId> games,
            List<QuestId> quests,
            CampaignSettings settings) {
        this(merchant, name, status, start, end, channels, games, quests, settings, 0, ALWAYS);
    }
}
