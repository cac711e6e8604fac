package io.fanfare.bench.play;

import com.zaxxer.hikari.HikariDataSource;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayLedger.Outcome;
import io.fanfare.play.CommitSettings;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.GroupCommitLedger;
import io.fanfare.store.play.JdbcPlayLedger;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Ours: the ledger as play-api puts it together, with its settings, or those of {@code -Dfanfare.commit.*}. */
final class GroupCommit implements Contender {

    /** As play-api has it. */
    private static final int POOL = 24;

    private final HikariDataSource pool;
    private final GroupCommitLedger ledger;

    GroupCommit(Connections connections) {
        this.pool = connections.pool(POOL);
        var database = Database.over(pool);
        var postgres = new JdbcPlayLedger(
                database, new Outbox(database, new InMemoryRegistry()), new Ids(), Clock.systemUTC());
        CommitSettings settings = new Binder(new MapConfigurationPropertySource(System.getProperties()))
                .bindOrCreate("fanfare.commit", CommitSettings.class);
        this.ledger = new GroupCommitLedger(postgres, settings.groups(), _ -> {});
    }

    @Override
    public Commit prepared(DecidedPlay play) {
        var pending = new PendingPlay(play, null, GroupCommit::unasked, null);
        return () -> {
            Outcome outcome = ledger.commit(List.of(pending)).getFirst();
            if (!(outcome instanceof Outcome.Committed committed)
                    || !committed.play().isWin()) {
                throw new IllegalStateException("play %s came to %s".formatted(play.id(), outcome));
            }
        };
    }

    private static KeptAnswer unasked(CommittedPlay play) {
        throw new IllegalStateException("play %s has no key to keep an answer under".formatted(play.id()));
    }

    @Override
    public void close() {
        pool.close();
    }
}
