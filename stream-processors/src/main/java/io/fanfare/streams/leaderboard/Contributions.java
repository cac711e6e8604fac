package io.fanfare.streams.leaderboard;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.leaderboard.BoardPlay;
import io.fanfare.engine.leaderboard.Counting;
import io.fanfare.engine.leaderboard.Leaderboard;
import io.fanfare.engine.leaderboard.Score;
import io.fanfare.engine.leaderboard.Standing;
import io.fanfare.engine.sequence.SeenNumbers;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.First;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.Repeated;
import io.fanfare.engine.sequence.SeenNumbers.Sighting.TooManyMissing;
import io.fanfare.events.PlayCompleted;
import io.fanfare.ranked.Entry;
import io.fanfare.ranked.Entry.State;
import io.fanfare.ranked.EntryKey;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.deadletter.PoisonRecord;
import io.fanfare.streams.query.StateNews;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Counts each play once, on every board that was counting when it happened. It decides everything before it writes
 * anything, so a play that cannot be counted leaves no trace but its dead letter.
 */
final class Contributions implements Processor<String, PlayCompleted, Void, Void> {

    private final StateNews news;
    private @Nullable BoardDefinitions definitions;
    private @Nullable KeyValueStore<EntryKey, Entry> entries;
    private @Nullable KeyValueStore<String, SeenNumbers> seenPlays;

    Contributions(StateNews news) {
        this.news = news;
    }

    /** A play with its ids read. */
    private record Read(PlayerId player, long number, BoardPlay play) {}

    @Override
    public void init(ProcessorContext<Void, Void> context) {
        definitions = context.getStateStore(BoardDefinitions.NAME);
        entries = context.getStateStore(LeaderboardsTopology.ENTRIES);
        seenPlays = context.getStateStore(LeaderboardsTopology.SEEN_PLAYS);
    }

    @Override
    public void process(Record<String, PlayCompleted> completed) {
        Read read = read(completed);
        KeyValueStore<String, SeenNumbers> seen = requireNonNull(seenPlays, "init comes first");
        SeenNumbers known = seen.get(completed.key());
        switch ((known == null ? SeenNumbers.NONE : known).see(read.number())) {
            case First(SeenNumbers now) -> {
                contributions(read).forEach(requireNonNull(entries, "init comes first")::put);
                // In this order: whoever sees the number finds what the play has changed.
                seen.put(completed.key(), now);
                news.changed(completed.key());
            }
            case Repeated() -> {
                // The relay or a replay sent it again: it was counted, or belonged on no board.
            }
            case TooManyMissing(long highest, int gaps) ->
                throw new PoisonRecord("play %d of %s comes while %d ranges of numbers below %d are missing"
                        .formatted(read.number(), completed.key(), gaps, highest));
        }
    }

    private Map<EntryKey, Entry> contributions(Read read) {
        Map<EntryKey, Entry> changed = new HashMap<>();
        for (Leaderboard board : requireNonNull(definitions, "init comes first").counting(read.play())) {
            var key = new EntryKey(
                    new BoardKey(board.tenant(), board.id()).inStore(),
                    BoardKey.ALL_TIME,
                    read.player().value());
            Entry before = requireNonNull(entries, "init comes first").get(key);
            switch (board.metric().count(before == null ? null : standing(before), read.play())) {
                case Counting.Counted(Standing standing) ->
                    changed.put(key, entry(standing, before == null ? State.LIVE : before.state()));
                case Counting.WithoutScore() -> {
                    // The game has no score; the board has nothing to count.
                }
                case Counting.Overflow(Score sum, Score contribution) ->
                    throw new PoisonRecord("%s more than %s on board %s is no score any more"
                            .formatted(contribution, sum, board.id()));
            }
        }
        return changed;
    }

    private static Read read(Record<String, PlayCompleted> completed) {
        PlayCompleted play = completed.value();
        if (play == null) {
            throw new PoisonRecord("a play without a value");
        }
        if (!Topics.playerKey(play.getTenantId(), play.getPlayerId()).equals(completed.key())) {
            throw new PoisonRecord(
                    "a play of %s/%s has key '%s'".formatted(play.getTenantId(), play.getPlayerId(), completed.key()));
        }
        if (play.getSequence() < 1) {
            throw new PoisonRecord("sequence is %d, expected 1 or more".formatted(play.getSequence()));
        }
        try {
            String campaign = play.getCampaignId();
            Long score = play.getScore();
            var boardPlay = new BoardPlay(
                    new TenantId(play.getTenantId()),
                    campaign == null ? null : new CampaignId(campaign),
                    score == null ? null : new Score(score),
                    play.getOccurredAt());
            return new Read(new PlayerId(play.getPlayerId()), play.getSequence(), boardPlay);
        } catch (IllegalArgumentException e) {
            throw new PoisonRecord("a play that cannot be: " + e.getMessage(), e);
        }
    }

    private static Standing standing(Entry entry) {
        return new Standing(new Score(entry.score()), Instant.ofEpochMilli(entry.reachedAt()), entry.plays());
    }

    private static Entry entry(Standing standing, State state) {
        return new Entry(standing.score().value(), standing.reachedAt().toEpochMilli(), standing.plays(), state);
    }
}
