package io.fanfare.bench.play;

import com.zaxxer.hikari.HikariDataSource;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.PendingStart;
import io.fanfare.engine.play.Playing;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.Starting;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.Games;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.JdbcPlayLedger;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.Stock;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Wheels on which every spin wins a unit from stock, and plays of them that are decided and wait to be committed. */
final class Wheels implements AutoCloseable {

    private static final TenantId TENANT = new TenantId("bench");
    private static final long UNITS = 100_000_000;
    private static final int PLAYERS = 5_000;
    private static final int OPENED_AT_ONCE = 500;

    private final HikariDataSource pool;
    private final Clock clock = Clock.systemUTC();
    private final Ids ids = new Ids();
    private final SecureRandom random = new SecureRandom();
    private final Games games;
    private final Prizes prizes;
    private final JdbcPlayLedger ledger;
    private int players;

    Wheels(Connections connections) {
        this.pool = connections.pool(2);
        var database = Database.over(pool);
        var outbox = new Outbox(database, new InMemoryRegistry());
        this.games = new Games(database, outbox, ids, clock);
        this.prizes = new Prizes(database, outbox, ids, clock);
        this.ledger = new JdbcPlayLedger(database, outbox, ids, clock);
    }

    /** A wheel as it is played. */
    record Wheel(Game game, Map<PrizeId, Prize> prizes) {
        Wheel {
            prizes = Map.copyOf(prizes);
        }
    }

    /** @param prizeCount among which the spins are spread evenly */
    Wheel of(int prizeCount) {
        var known = new HashMap<PrizeId, Prize>();
        List<Map<String, Object>> slots = new ArrayList<>();
        for (int slot = 0; slot < prizeCount; slot++) {
            var definition = new PrizeDefinition(
                    "Mug " + slot, PrizeType.PHYSICAL, null, 500, AwardConstraints.NONE, false, "{}");
            Prize prize = prizes.create(TENANT, definition, Stock.Limited.of(UNITS), null)
                    .prize();
            known.put(prize.id(), prize);
            slots.add(Map.of("prize_id", prize.id().value(), "probability", 1L, "slot_index", (long) slot));
        }
        return new Wheel(game(slots), known);
    }

    private Game game(List<Map<String, Object>> slots) {
        var parts = Shapes.usualPartsOf("spin_wheel").orElseThrow();
        var config = Document.of("prizes", slots);
        String written = slots.stream()
                .map(slot -> "{\"prize_id\":\"%s\",\"probability\":1,\"slot_index\":%s}"
                        .formatted(slot.get("prize_id"), slot.get("slot_index")))
                .toList()
                .toString();
        var definition = new GameDefinition(
                null,
                null,
                "Wheel",
                "spin_wheel",
                parts,
                GameStatus.ACTIVE,
                GameRules.NONE,
                "{\"prizes\":%s}".formatted(written),
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                WalletScope.CAMPAIGN);
        Shaping shaping = Shapes.builtIn().shape(parts, config, Document.empty());
        if (!(shaping instanceof Shaping.Shaped shaped)) {
            throw new IllegalStateException("the wheel was refused: " + shaping);
        }
        return games.create(TENANT, definition, null).shapedAs(shaped.shape());
    }

    /** As many plays of different players in turn, each in an open session of its own. */
    List<DecidedPlay> plays(Wheel wheel, int count) {
        Instant now = UtcTimes.toMillis(clock.instant());
        List<DecidedPlay> plays = new ArrayList<>(count);
        List<PendingStart> opening = new ArrayList<>(OPENED_AT_ONCE);
        for (int i = 0; i < count; i++) {
            Session session = session(wheel.game(), now);
            opening.add(PendingStart.withoutKey(session));
            plays.add(decided(wheel, session, now));
            if (opening.size() == OPENED_AT_ONCE || i == count - 1) {
                ledger.open(opening);
                opening.clear();
            }
        }
        return plays;
    }

    private Session session(Game game, Instant now) {
        var player = new PlayerId("player-%d".formatted(players++ % PLAYERS));
        byte[] seed = new byte[32];
        random.nextBytes(seed);
        StartDecision decision = Starting.start(
                game, player, ids.session(), new ServerSeed(HexFormat.of().formatHex(seed)), "", now);
        if (!(decision instanceof StartDecision.Started started)) {
            throw new IllegalStateException("the wheel cannot be started: " + decision);
        }
        return started.session();
    }

    private DecidedPlay decided(Wheel wheel, Session session, Instant now) {
        var request = new PlayRequest(
                wheel.game(),
                session.player(),
                session,
                Document.empty(),
                "",
                Allowance.FULL,
                wheel.prizes(),
                ids.play());
        PlayDecision decision = Playing.play(request, now);
        if (!(decision instanceof PlayDecision.Decided decided)) {
            throw new IllegalStateException("the wheel cannot be played: " + decision);
        }
        return decided.play();
    }

    @Override
    public void close() {
        pool.close();
    }
}
