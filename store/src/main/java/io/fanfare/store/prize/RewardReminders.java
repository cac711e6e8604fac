package io.fanfare.store.prize;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.reward.RewardState;
import io.fanfare.events.RewardExpiring;
import io.fanfare.schemas.Topics;
import io.fanfare.store.AcrossTenants;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Tells, once, of each reward that can be claimed for only a little longer. Rewards are gone through in the order in which they expire,
 * and one row says how far: so plays write nothing for it, and a reward that is valid for no longer than the notice is passed over.
 * Any number of instances may sweep at the same time; one of them does.
 */
@AcrossTenants("what expires soon does so for every tenant")
public final class RewardReminders {

    /** What a transaction may take from the winning to its commit; a reward is told of that much later than it could be. */
    private static final Duration LATEST_COMMIT = Duration.ofSeconds(10);

    private static final Instant BEFORE_ALL = Instant.parse("2000-01-01T00:00:00Z");

    private final Database database;
    private final Outbox outbox;
    private final Clock clock;
    private final Duration notice;

    /** How far it got; no reward has the empty id, and ids are not looked at where the time is another. */
    private record Mark(Instant expiresAt, String tenant, String reward) {

        static Mark read(ResultSet row, int number) throws SQLException {
            return new Mark(
                    UtcTimes.instant(row.getObject("expires_at", LocalDateTime.class)),
                    row.getString("tenant_id"),
                    row.getString("reward_id"));
        }

        /** Behind every reward that expires up to then. */
        static Mark upTo(Instant time) {
            return new Mark(time.plusMillis(1), "", "");
        }
    }

    private record Expiring(RewardRecord reward, Instant expiresAt) {

        static Expiring of(RewardRecord reward) {
            Instant expiresAt = reward.state() instanceof RewardState.Won won ? won.expiresAt() : null;
            if (expiresAt == null) {
                throw new IllegalStateException(
                        "reward %s is to expire and is %s".formatted(reward.id(), reward.state()));
            }
            return new Expiring(reward, expiresAt);
        }

        Mark mark() {
            return new Mark(expiresAt, reward.tenant().value(), reward.id().value());
        }
    }

    /** @param notice how long before it expires a reward is told of; zero: never */
    public RewardReminders(Database database, Outbox outbox, Clock clock, Duration notice) {
        if (notice.isNegative()) {
            throw new IllegalArgumentException("the notice is %s, expected zero or more".formatted(notice));
        }
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
        this.notice = notice;
    }

    /**
     * Tells of those that expire next, in one transaction, which is tried again where it met another.
     *
     * @return how many that were; as many as were allowed where there may be more
     */
    public int sweep(int atMost) {
        if (notice.isZero()) {
            return 0;
        }
        Instant now = UtcTimes.toMillis(clock.instant());
        Instant until = now.plus(notice).minus(LATEST_COMMIT);
        return database.inTransactionOrAgain(
                () -> hold().map(mark -> remind(mark, now, until, atMost)).orElse(0));
    }

    private int remind(Mark from, Instant now, Instant until, int atMost) {
        if (until.isBefore(from.expiresAt())) {
            return 0;
        }
        List<Expiring> found = from.expiresAt().isBefore(now)
                ? expiring(Mark.upTo(now), until, atMost)
                : expiring(from, until, atMost);
        outbox.writeAll(found.stream().map(expiring -> event(expiring, now)).toList());
        move(found.size() == atMost ? found.getLast().mark() : Mark.upTo(until));
        return found.size();
    }

    /** Nothing where somebody else has it. */
    private Optional<Mark> hold() {
        Optional<Mark> held = lock();
        if (held.isPresent() || isThere()) {
            return held;
        }
        begin();
        return lock();
    }

    private Optional<Mark> lock() {
        return database.jdbc()
                .sql("select * from reward_reminder where reminder = 'expiry' for update skip locked")
                .query(Mark::read)
                .optional();
    }

    private boolean isThere() {
        return database.jdbc()
                        .sql("select count(*) from reward_reminder")
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** For the first time ever; somebody else may be doing so as well. */
    private void begin() {
        String unlessItIsThere = switch (database.dialect()) {
            case POSTGRESQL -> "on conflict (reminder) do nothing";
            case MARIADB -> "on duplicate key update reminder = reminder";
        };
        database.jdbc()
                .sql("""
                        insert into reward_reminder (reminder, expires_at, tenant_id, reward_id)
                        values ('expiry', :expires, '', '')
                        """ + unlessItIsThere)
                .param("expires", UtcTimes.column(BEFORE_ALL))
                .update();
    }

    private void move(Mark to) {
        database.jdbc()
                .sql("""
                        update reward_reminder set expires_at = :expires, tenant_id = :tenant, reward_id = :reward
                        where reminder = 'expiry'
                        """)
                .param("expires", UtcTimes.column(to.expiresAt()))
                .param("tenant", to.tenant())
                .param("reward", to.reward())
                .update();
    }

    private List<Expiring> expiring(Mark from, Instant until, int atMost) {
        return database
                .jdbc()
                .sql("""
                        select * from reward
                        where status = 'won' and expires_at >= :from and expires_at <= :until
                            and (expires_at > :from or tenant_id > :tenant
                                or tenant_id = :tenant and reward_id > :reward)
                        order by expires_at, tenant_id, reward_id
                        limit :limit
                        """)
                .param("from", UtcTimes.column(from.expiresAt()))
                .param("until", UtcTimes.column(until))
                .param("tenant", from.tenant())
                .param("reward", from.reward())
                .param("limit", atMost)
                .query(RewardTables::read)
                .list()
                .stream()
                .map(Expiring::of)
                .toList();
    }

    private static OutboxEvent<RewardExpiring> event(Expiring expiring, Instant now) {
        RewardRecord reward = expiring.reward();
        TenantId tenant = reward.tenant();
        var told = RewardExpiring.newBuilder()
                .setRewardId(reward.id().value())
                .setTenantId(tenant.value())
                .setPlayerId(reward.player().value())
                .setPrizeId(reward.prize().value())
                .setGameId(reward.game().value())
                .setExpiresAt(expiring.expiresAt())
                .setOccurredAt(now)
                .build();
        return OutboxEvent.keyed(
                tenant,
                Topics.REWARD_NOTICES,
                Topics.playerKey(tenant.value(), reward.player().value()),
                told,
                null,
                now);
    }
}
