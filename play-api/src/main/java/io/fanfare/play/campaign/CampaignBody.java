package io.fanfare.play.campaign;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.error.Violations;
import io.fanfare.engine.campaign.Schedule;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.MerchantId;
import io.fanfare.engine.quest.QuestId;
import io.fanfare.play.Times;
import io.fanfare.store.campaign.CampaignDefinition;
import io.fanfare.store.campaign.CampaignSettings;
import io.fanfare.store.campaign.CampaignStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What an operator sends for a campaign. Dates are unix seconds; 0 is none.
 *
 * @param channels where it is shown, such as website_embed, qr_code or chatbot
 * @param budget what its games may give away in total, in the prizes' value; 0 = no bound
 * @param quests ids that are kept as they are; there are no quests to look up yet
 */
record CampaignBody(
        @Nullable String name,
        @Nullable String status,
        @Nullable Long startDate,
        @Nullable Long endDate,
        @Nullable List<@Nullable String> channels,
        @Nullable List<@Nullable GameId> games,
        @Nullable List<@Nullable QuestId> quests,
        @Nullable CampaignSettingsBody settings,
        @Nullable Long budget,
        @Nullable ScheduleBody schedule) {

    private static final int MAX_NAME = 200;
    private static final int MAX_WORD = 100;
    private static final int MAX_ITEMS = 100;
    private static final long MAX_BUDGET = 1_000_000_000_000_000L;
    private static final long LAST_DATE = 253_402_300_799L;

    /**
     * The body with every value read; what is wrong is collected, and refused before anything is made of it.
     *
     * @param unsaid whose wallet its games pay into where the settings do not say
     */
    CampaignDefinition read(@Nullable MerchantId merchant, WalletScope unsaid, Violations violations) {
        String readName = violations.text("name", name, MAX_NAME);
        CampaignStatus readStatus = violations.word("status", status, CampaignStatus.DRAFT, CampaignStatus::word);
        @Nullable Instant start = date("start_date", startDate, violations);
        @Nullable Instant end = date("end_date", endDate, violations);
        if (start != null && end != null && !start.isBefore(end)) {
            violations.add("end_date", "is not after start_date");
        }
        List<String> readChannels = words("channels", channels, violations);
        List<GameId> readGames = distinct("games", games, violations);
        List<QuestId> readQuests = distinct("quests", quests, violations);
        CampaignSettings readSettings =
                requireNonNullElse(settings, CampaignSettingsBody.NONE).read(unsaid, violations);
        long readBudget = violations.number("budget", budget, 0, MAX_BUDGET);
        Schedule readSchedule =
                requireNonNullElse(schedule, ScheduleBody.ALWAYS).read(violations);
        violations.refuseAny();
        return new CampaignDefinition(
                merchant,
                readName,
                readStatus,
                start,
                end,
                readChannels,
                readGames,
                readQuests,
                readSettings,
                readBudget,
                readSchedule);
    }

    private static @Nullable Instant date(String field, @Nullable Long seconds, Violations violations) {
        return Times.instant(violations.number(field, seconds, 0, LAST_DATE));
    }

    /** Words of the operator's own. */
    static List<String> words(String field, @Nullable List<@Nullable String> words, Violations violations) {
        return items(field, words, violations, (place, word) -> violations.text(place, word, MAX_WORD));
    }

    private static <T> List<T> distinct(String field, @Nullable List<@Nullable T> ids, Violations violations) {
        return items(field, ids, violations, (_, id) -> id);
    }

    /**
     * A list that may be left out, without gaps and repetitions.
     *
     * @param read makes a value of an item, given its place such as {@code games[0]}
     */
    static <T, R> List<R> items(
            String field, @Nullable List<@Nullable T> items, Violations violations, BiFunction<String, T, R> read) {
        List<@Nullable T> sent = items == null ? List.of() : items;
        if (sent.size() > MAX_ITEMS) {
            violations.add(field, "has %d items, expected at most %d".formatted(sent.size(), MAX_ITEMS));
            return List.of();
        }
        List<R> values = new ArrayList<>();
        Set<T> seen = new HashSet<>();
        for (int i = 0; i < sent.size(); i++) {
            String place = "%s[%d]".formatted(field, i);
            @Nullable T item = sent.get(i);
            if (item == null) {
                violations.add(place, "is missing");
            } else if (!seen.add(item)) {
                violations.add(place, "is '%s' again".formatted(item));
            } else {
                values.add(read.apply(place, item));
            }
        }
        return values;
    }
}
