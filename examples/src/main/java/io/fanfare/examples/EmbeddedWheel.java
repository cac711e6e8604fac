package io.fanfare.examples;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.memory.InMemoryPlayLedger;
import io.fanfare.engine.play.CommittedPlay;
import io.fanfare.engine.play.Eligibility;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.Playing;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Starting;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A spin wheel in one program: no server, no database, no framework. Ada may spin three times a day; there is one mug. It
 * shows the four operations of a game: start, play, eligibility, history.
 */
public final class EmbeddedWheel {

    private static final TenantId TENANT = new TenantId("acme");
    private static final PlayerId ADA = new PlayerId("ada");

    private static final Prize MUG = new Prize(
            new PrizeId("prize_mug"), TENANT, "Mug", PrizeType.VOUCHER, null, 900, AwardConstraints.NONE, false, 1);
    private static final Prize POINTS = new Prize(
            new PrizeId("prize_points"),
            TENANT,
            "50 points",
            PrizeType.POINTS,
            null,
            50,
            AwardConstraints.NONE,
            false,
            1);

    private final SecureRandom chance = new SecureRandom();
    private final InMemoryPlayLedger ledger = new InMemoryPlayLedger();
    private final Clock clock;
    private final PrintStream out;
    private int serial;

    EmbeddedWheel(Clock clock, PrintStream out) {
        this.clock = clock;
        this.out = out;
    }

    public static void main(String[] args) {
        new EmbeddedWheel(Clock.systemUTC(), System.out).run();
    }

    /** Plays until Ada is out of turns, and returns her history, newest first. */
    List<CommittedPlay> run() {
        ledger.stock(TENANT, MUG.id(), 1);
        Game wheel = wheel();
        while (eligibility(wheel).canPlay()) {
            CommittedPlay play = spin(wheel);
            out.printf("slot %s: %s%n", play.metadata().values().get("slot_index"), prizesOf(play));
        }
        Eligibility after = eligibility(wheel);
        out.printf("no more plays: %s, again at %s%n", after.reason(), after.nextResetAt());
        return ledger.history(TENANT, wheel.id(), ADA, null, 10);
    }

    /** In a server this is JSON; here the same tree is written by hand. */
    private static Game wheel() {
        Document odds = Document.of(
                "prizes",
                List.of(
                        Map.of("prize_id", MUG.id().value(), "probability", 1, "slot_index", 0),
                        Map.of("prize_id", POINTS.id().value(), "probability", 2, "slot_index", 1),
                        Map.of("prize_id", "", "probability", 1, "slot_index", 2)));
        var parts = Shapes.usualPartsOf("spin_wheel").orElseThrow();
        return switch (Shapes.builtIn().shape(parts, odds, Document.empty())) {
            case Shaping.Shaped shaped ->
                new Game(
                        new GameId("game_wheel"),
                        TENANT,
                        null,
                        null,
                        "Wheel",
                        "spin_wheel",
                        GameStatus.ACTIVE,
                        new GameRules(0, 3, false, null, null),
                        shaped.shape(),
                        OnUnavailable.NO_WIN,
                        WalletScope.TENANT,
                        1);
            case Shaping.UnknownPart unknown -> throw new IllegalStateException(unknown.toString());
            case Shaping.ConfigurationRefused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    private Eligibility eligibility(Game wheel) {
        Instant now = clock.instant();
        return Eligibility.of(wheel, ledger.counts(TENANT, wheel.id(), ADA, now), now);
    }

    private CommittedPlay spin(Game wheel) {
        Session session = start(wheel);
        return switch (decide(wheel, session)) {
            case PlayDecision.Decided decided -> commit(decided);
            case PlayDecision.Caught caught -> throw new IllegalStateException("caught: " + caught.play());
            case PlayDecision.Refused refused -> throw new IllegalStateException("refused: " + refused.why());
        };
    }

    private Session start(Game wheel) {
        byte[] secret = new byte[32];
        chance.nextBytes(secret);
        var seed = new ServerSeed(HexFormat.of().formatHex(secret));
        var id = new SessionId("sess_" + ++serial);
        return switch (Starting.start(wheel, ADA, id, seed, "", clock.instant())) {
            case StartDecision.Started started -> {
                ledger.open(started.session());
                yield started.session();
            }
            case StartDecision.GameNotActive _ -> throw new IllegalStateException("the wheel is not active");
        };
    }

    private PlayDecision decide(Game wheel, Session session) {
        Instant now = clock.instant();
        PlayCounts counts = ledger.counts(TENANT, wheel.id(), ADA, now);
        Map<PrizeId, Prize> prizes = Map.of(MUG.id(), MUG, POINTS.id(), POINTS);
        var id = new PlayId("play_" + ++serial);
        return Playing.play(
                new PlayRequest(wheel, ADA, session, Document.empty(), "ada's luck", counts, prizes, id), now);
    }

    private CommittedPlay commit(PlayDecision.Decided decided) {
        var pending = new PendingPlay(decided.play(), null, _ -> new KeptAnswer(200, "{}"), null);
        return switch (ledger.commit(List.of(pending)).getFirst()) {
            case PlayLedger.Outcome.Committed committed -> committed.play();
            case PlayLedger.Outcome other -> throw new IllegalStateException("not committed: " + other);
        };
    }

    private static String prizesOf(CommittedPlay play) {
        if (!play.unavailable().isEmpty()) {
            return "the mug, but it is gone";
        }
        return play.isWin()
                ? play.rewards().stream().map(CommittedPlay.GrantedReward::name).collect(Collectors.joining(", "))
                : "nothing";
    }
}
