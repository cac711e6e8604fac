package io.fanfare.store.play;

import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.Database;
import io.fanfare.store.idempotency.CallerKey;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a commit around the plays themselves that each database wants in words of its own; what plays take from is
 * {@link ShelfTables}, and what all databases take alike is {@link PlayWrites}. Each runs once for a whole batch. Those that lock
 * take their rows in ascending order of the key: the collections that come in are sorted.
 */
interface PlayTables {

    /** An idempotency key that was used before. */
    record UsedKey(String requestHash, KeptAnswer answer) {}

    /** @param clientSeed with which it draws; null where that is open */
    record LockedSession(boolean isConsumed, @Nullable String clientSeed) {}

    static PlayTables of(Database database) {
        return switch (database.dialect()) {
            case POSTGRESQL -> new PostgresPlayTables(database);
            case MARIADB -> new MariaDbPlayTables(database);
        };
    }

    /**
     * What a batch begins with.
     *
     * @param claimed the keys that were free, or past their time
     * @param sessions those that there are; locked
     */
    record Begun(Set<CallerKey> claimed, Map<SessionKey, LockedSession> sessions) {}

    /**
     * Makes the commit wait until the log is on disk, whatever the session began with, and the statements find their rows by
     * their keys, whatever the planner knows of the tables. Then takes idempotency keys, waiting where a twin is about to take
     * the same one, and locks sessions.
     *
     * @param hashes of the requests, by key
     */
    Begun begin(SortedMap<CallerKey, String> hashes, SortedSet<SessionKey> sessions, Instant now);

    /** What was answered under keys that were used before. */
    Map<CallerKey, UsedKey> used(Collection<CallerKey> keys);

    /** Gives back the keys of plays that were refused: their callers may try again under the same ones. */
    void release(Collection<CallerKey> keys);
}
