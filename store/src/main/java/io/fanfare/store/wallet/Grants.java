package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.GrantLine.Invalid;
import io.fanfare.store.wallet.GrantLine.Valid;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Grants to many players at once. What was sent is kept line by line first; {@link GrantWork} gives the commands. A line that makes no
 * sense does not stop the others.
 */
public final class Grants {

    public static final int MAX_LINES = 5_000;

    private final Database database;
    private final Clock clock;

    /**
     * What an operator wants.
     *
     * @param id the same id is the same grant
     * @param contentHash of what was sent
     * @param who wants it
     */
    public record Wish(
            TenantId tenant, String id, String contentHash, String reason, String who, List<GrantLine> lines) {
        public Wish {
            lines = List.copyOf(lines);
            if (lines.isEmpty() || lines.size() > MAX_LINES) {
                throw new IllegalArgumentException(
                        "%d lines in a grant, expected 1 to %d".formatted(lines.size(), MAX_LINES));
            }
        }
    }

    /**
     * How far a grant is.
     *
     * @param waiting lines without a command yet
     * @param known lines whose reference was granted before
     * @param undecided commands without an outcome
     * @param refused by their wallets, now or when their reference came before
     */
    public record Progress(
            String id,
            String reason,
            String who,
            Instant createdAt,
            long lines,
            long waiting,
            long invalid,
            long known,
            long undecided,
            long posted,
            long refused) {

        /** Whether there is nothing left to come. */
        public boolean isDone() {
            return waiting == 0 && undecided == 0;
        }
    }

    /**
     * A line and what became of it.
     *
     * @param status waiting, invalid, known, given, posted or refused
     * @param error why it was not granted; null where it was or may be
     */
    public record LineStatus(
            int line,
            @Nullable String player,
            @Nullable String scope,
            @Nullable String currency,
            @Nullable Long amount,
            String status,
            @Nullable String error,
            @Nullable UUID command) {}

    public Grants(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** Keeps it, to be worked off. False where another grant has this id. */
    public boolean begin(Wish wish) {
        return database.inTransactionOrAgain(() -> {
            Optional<String> known = contentHash(wish.tenant(), wish.id());
            if (known.isPresent()) {
                return known.get().equals(wish.contentHash());
            }
            insert(wish);
            return true;
        });
    }

    public Optional<Progress> find(TenantId tenant, String id) {
        return database.jdbc()
                .sql("""
                        select kept.grant_id, kept.reason, kept.who, kept.created_at, count(*) as lines_kept,
                            sum(case when line.status = 'waiting' then 1 else 0 end) as waiting,
                            sum(case when line.status = 'invalid' then 1 else 0 end) as invalid,
                            sum(case when line.status = 'known' and command.outcome = 'posted' then 1 else 0 end) as known,
                            sum(case when command.outcome = 'awaited' and line.status in ('given', 'known') then 1 else 0 end)
                                as undecided,
                            sum(case when line.status = 'given' and command.outcome = 'posted' then 1 else 0 end) as posted,
                            sum(case when command.outcome = 'refused' and line.status in ('given', 'known') then 1 else 0 end)
                                as refused
                        from wallet_grant kept
                        join wallet_grant_row line on line.tenant_id = kept.tenant_id and line.grant_id = kept.grant_id
                        left join wallet_command command
                            on command.tenant_id = line.tenant_id and command.command_id = line.command_id
                        where kept.tenant_id = :tenant and kept.grant_id = :grant
                        group by kept.grant_id, kept.reason, kept.who, kept.created_at
                        """)
                .param("tenant", tenant.value())
                .param("grant", id)
                .query(Grants::progress)
                .optional();
    }

    /**
     * Lines in their order.
     *
     * @param failedOnly those alone that were not granted and will not be
     * @param after only those behind this line
     */
    public List<LineStatus> lines(TenantId tenant, String id, boolean failedOnly, int after, int limit) {
        return database.jdbc()
                .sql("""
                        select line.*, command.outcome, command.refusal, command.detail
                        from wallet_grant_row line
                        left join wallet_command command
                            on command.tenant_id = line.tenant_id and command.command_id = line.command_id
                        where line.tenant_id = :tenant and line.grant_id = :grant and line.line > :after
                            and (:all or line.status = 'invalid'
                                or (line.status in ('given', 'known') and command.outcome = 'refused'))
                        order by line.line
                        limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("grant", id)
                .param("after", after)
                .param("all", !failedOnly)
                .param("limit", limit)
                .query(Grants::line)
                .list();
    }

    private Optional<String> contentHash(TenantId tenant, String id) {
        return database.jdbc()
                .sql("select content_hash from wallet_grant where tenant_id = :tenant and grant_id = :grant")
                .param("tenant", tenant.value())
                .param("grant", id)
                .query(String.class)
                .optional();
    }

    private void insert(Wish wish) {
        try {
            database.jdbc()
                    .sql("""
                            insert into wallet_grant (tenant_id, grant_id, content_hash, reason, who, created_at)
                            values (:tenant, :grant, :hash, :reason, :who, :now)
                            """)
                    .param("tenant", wish.tenant().value())
                    .param("grant", wish.id())
                    .param("hash", wish.contentHash())
                    .param("reason", wish.reason())
                    .param("who", wish.who())
                    .param("now", UtcTimes.column(clock.instant()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("the same grant is just being begun", e);
        }
        List<@Nullable Object[]> rows = new ArrayList<>();
        wish.lines().forEach(line -> rows.add(row(wish, line)));
        database.batch("""
                insert into wallet_grant_row (tenant_id, grant_id, line, player_id, scope_key, currency, amount, expires_at,
                    command_id, status, error)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, rows);
    }

    private static @Nullable Object[] row(Wish wish, GrantLine line) {
        return switch (line) {
            case Valid valid ->
                new @Nullable Object[] {
                    wish.tenant().value(),
                    wish.id(),
                    valid.line(),
                    valid.player().value(),
                    valid.scope().value(),
                    valid.money().currency().code(),
                    valid.money().amount(),
                    UtcTimes.columnOrNull(valid.expiresAt()),
                    command(wish, valid),
                    "waiting",
                    null
                };
            case Invalid(int number, String error) ->
                new @Nullable Object[] {
                    wish.tenant().value(), wish.id(), number, null, null, null, null, null, null, "invalid", error
                };
        };
    }

    private static UUID command(Wish wish, Valid line) {
        return line.ref() == null
                ? Ids.derivedFrom("grant:%s/%s/%d".formatted(wish.tenant(), wish.id(), line.line()))
                : Ids.derivedFrom("grant-ref:%s/%s".formatted(wish.tenant(), line.ref()));
    }

    private static Progress progress(ResultSet row, int number) throws SQLException {
        return new Progress(
                row.getString("grant_id"),
                row.getString("reason"),
                row.getString("who"),
                UtcTimes.instant(row.getObject("created_at", LocalDateTime.class)),
                row.getLong("lines_kept"),
                row.getLong("waiting"),
                row.getLong("invalid"),
                row.getLong("known"),
                row.getLong("undecided"),
                row.getLong("posted"),
                row.getLong("refused"));
    }

    private static LineStatus line(ResultSet row, int number) throws SQLException {
        String status = row.getString("status");
        String outcome = row.getString("outcome");
        boolean isRefused = List.of("given", "known").contains(status) && "refused".equals(outcome);
        boolean isPosted = status.equals("given") && "posted".equals(outcome);
        String command = row.getString("command_id");
        String refusal = row.getString("refusal");
        return new LineStatus(
                row.getInt("line"),
                row.getString("player_id"),
                row.getString("scope_key"),
                row.getString("currency"),
                row.getObject("amount", Long.class),
                isRefused || isPosted ? requireNonNull(outcome) : status,
                isRefused ? refused(status, refusal + ": " + row.getString("detail")) : row.getString("error"),
                command == null ? null : UUID.fromString(command));
    }

    /** A reference that was refused stays so: its command is one and the same. */
    private static String refused(String status, String why) {
        return status.equals("known") ? "its reference was refused before: " + why : why;
    }
}
