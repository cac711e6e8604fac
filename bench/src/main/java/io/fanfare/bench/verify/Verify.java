package io.fanfare.bench.verify;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One run against a platform that may be in use. The cut is the database's: a snapshot of the tables, then a marker behind it in the
 * outbox. When the marker has come out of the relay, everything in the snapshot is on its topic; when the consumers are
 * through with what the topics hold then, everything in the snapshot has had its effect. What was committed since is told apart by
 * its numbers.
 */
public final class Verify {

    private final Target target;
    private final Credentials credentials;
    private final Duration patience;
    private final Tables tables;

    /**
     * @param secret that the platform's tokens are signed with; null in development mode
     * @param patience how long relay, consumers and queries may take together
     */
    public Verify(Target target, @Nullable String secret, Duration patience) {
        this.target = target;
        this.credentials = new Credentials(secret, Clock.systemUTC());
        this.patience = patience;
        this.tables = new Tables(target);
    }

    /**
     * Checks everything.
     *
     * @param acks file of what players were told; empty where nobody kept it
     * @throws IOException where the file or an answer cannot be read
     */
    public Report run(Optional<Path> acks) throws IOException, SQLException, InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        // Before the snapshot: what was acknowledged by now must be in it.
        AckFile acknowledged = acks.isPresent() ? AckFile.read(acks.get()) : AckFile.NOTHING;
        Snapshot snapshot = tables.snapshot();
        var drain = new Findings(0, "relay and consumers drain");
        var checks = new ArrayList<Check>();
        var unchecked = new ArrayList<String>();
        try (var topics = new OpenTopics(target)) {
            Map<TopicPartition, Long> drained = drain(topics, drain, deadline);
            Answers answers = ask(snapshot, topics, deadline);
            Published published = topics.readAll(drained, deadline);
            checks.addAll(List.of(drain.result(), PlaysExistOnce.check(snapshot)));
            if (acks.isPresent()) {
                checks.add(AnswersStand.check(acknowledged.plays(), snapshot, published.plays()));
            }
            if (acknowledged.isOfWallets()) {
                checks.add(WalletAnswersStand.check(acknowledged, snapshot, published));
            }
            checks.addAll(List.of(
                    LimitsHold.check(snapshot),
                    StockAddsUp.check(snapshot),
                    OutboxIsPublished.check(snapshot, published),
                    FactsArePublished.check(snapshot, published, since(snapshot, published)),
                    LedgerAddsUp.check(snapshot, published)));
            if (acknowledged.isOfWallets() || SagasEnd.count(snapshot, published) > 0) {
                checks.add(SagasEnd.check(snapshot, published, tables.later(snapshot)));
            } else {
                unchecked.add(SagasEnd.NAME);
            }
            checks.addAll(List.of(
                    BooksBalance.check(snapshot, published, answers),
                    BoardsEqualRecount.check(snapshot, published, answers),
                    QueriesEqualRecount.check(snapshot, published, answers)));
        } catch (NotDrained e) {
            // The tables can be judged without the topics.
            drain.violated(String.valueOf(e.getMessage()));
            checks.addAll(List.of(
                    drain.result(),
                    PlaysExistOnce.check(snapshot),
                    LimitsHold.check(snapshot),
                    StockAddsUp.check(snapshot)));
        }
        return new Report(snapshot.takenAt(), checks, unchecked);
    }

    /**
     * Checks the tables of a platform that has nothing but its database: no relay, so no topics.
     *
     * @throws SQLException where they cannot be read
     */
    public static Report tablesAlone(String jdbcUrl, String user, String password) throws SQLException {
        var nowhere = URI.create("http://localhost");
        Snapshot snapshot = new Tables(new Target(jdbcUrl, user, password, "", nowhere, nowhere)).snapshot();
        return new Report(
                snapshot.takenAt(),
                List.of(PlaysExistOnce.check(snapshot), LimitsHold.check(snapshot), StockAddsUp.check(snapshot)));
    }

    private Map<TopicPartition, Long> drain(OpenTopics topics, Findings findings, Instant deadline)
            throws SQLException, InterruptedException {
        var marker = UUID.randomUUID();
        Instant written = Instant.now();
        tables.write(marker, OpenTopics.RELAY);
        topics.awaitMarker(marker, deadline);
        Instant relayed = Instant.now();
        Map<TopicPartition, Long> drained = topics.readSources(deadline);
        var lag = new ConsumerLag(target, topics.liveWallets(deadline));
        lag.awaitPast(drained, deadline);
        // What the stream apps have made of it has readers of its own.
        Map<TopicPartition, Long> outcomes = topics.readOutcomes(deadline);
        lag.awaitPast(outcomes, deadline);
        drained.putAll(outcomes);
        findings.saw(drained.values().stream().mapToLong(Long::longValue).sum());
        findings.note("relay after %d ms, consumers after %d ms"
                .formatted(
                        Duration.between(written, relayed).toMillis(),
                        Duration.between(written, Instant.now()).toMillis()));
        return drained;
    }

    private Answers ask(Snapshot snapshot, OpenTopics topics, Instant deadline)
            throws IOException, InterruptedException {
        try (var api = new StateApi(target.state(), credentials, deadline)) {
            return new Questions(api).ask(snapshot, topics.plays.facts(), topics.config.facts());
        }
    }

    private Since since(Snapshot snapshot, Published published) throws SQLException {
        return new Since(
                tables.playsAmong(FactsArePublished.playsBeyond(snapshot, published.plays())),
                tables.commandsAmong(FactsArePublished.commandsBeyond(snapshot, published.commands())));
    }
}
