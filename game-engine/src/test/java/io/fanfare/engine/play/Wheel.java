package io.fanfare.engine.play;

import io.fanfare.engine.campaign.CampaignTerms;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A spin wheel of tenant acme, and everything that is needed to play it in a test. */
public final class Wheel {

    public static final TenantId ACME = new TenantId("acme");
    public static final PlayerId ADA = new PlayerId("ada");
    public static final PlayerId GRACE = new PlayerId("grace");
    public static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final AtomicLong SERIAL = new AtomicLong();

    private final List<Map<String, Object>> slots = new ArrayList<>();
    private final Map<PrizeId, Prize> prizes = new HashMap<>();
    private final long serial = SERIAL.incrementAndGet();
    private GameRules rules = GameRules.NONE;
    private final Map<String, Object> config = new HashMap<>();
    private OnUnavailable onUnavailable = OnUnavailable.NO_WIN;
    private CampaignTerms campaignTerms = CampaignTerms.OPEN;
    private @Nullable WalletScope walletScope;

    private Wheel() {}

    public static Wheel aWheel() {
        return new Wheel();
    }

    /** A wheel on which every spin wins this prize. */
    public static Wheel alwaysWinning(Prize prize) {
        return aWheel().slot(prize, 1);
    }

    public static Wheel neverWinning() {
        return aWheel().emptySlot(1);
    }

    public static Prize voucher(String name) {
        return prize(name, PrizeType.VOUCHER, 500, AwardConstraints.NONE, false);
    }

    public static Prize voucherWithCode(String name) {
        return prize(name, PrizeType.VOUCHER, 500, AwardConstraints.NONE, true);
    }

    public static Prize voucherCappedAt(int perUser, int perDay, String name) {
        return prize(name, PrizeType.VOUCHER, 500, new AwardConstraints(perUser, perDay), false);
    }

    public static Prize points(long value) {
        return prize("Points", PrizeType.POINTS, value, AwardConstraints.NONE, false);
    }

    private static Prize prize(
            String name, PrizeType type, long value, AwardConstraints constraints, boolean needsCode) {
        var id = new PrizeId("prize_" + SERIAL.incrementAndGet());
        return new Prize(id, ACME, name, type, null, value, constraints, needsCode, 1);
    }

    public Wheel slot(Prize prize, double weight) {
        prizes.put(prize.id(), prize);
        slots.add(Map.of("prize_id", prize.id().value(), "probability", weight, "slot_index", slots.size()));
        return this;
    }

    public Wheel emptySlot(double weight) {
        slots.add(Map.of("prize_id", "", "probability", weight, "slot_index", slots.size()));
        return this;
    }

    public Wheel with(GameRules rules) {
        this.rules = rules;
        return this;
    }

    public Wheel failingWhenUnavailable() {
        return when(OnUnavailable.FAIL);
    }

    public Wheel when(OnUnavailable policy) {
        this.onUnavailable = policy;
        return this;
    }

    /** Adds to its handler_config. */
    public Wheel term(String name, Object value) {
        config.put(name, value);
        return this;
    }

    /** Makes a prize known that is on no slot. */
    public Wheel knowing(Prize prize) {
        prizes.put(prize.id(), prize);
        return this;
    }

    /** Says itself whose wallet it pays into; otherwise its campaign does. */
    public Wheel payingInto(WalletScope scope) {
        this.walletScope = scope;
        return this;
    }

    public Wheel under(CampaignTerms terms) {
        this.campaignTerms = terms;
        return this;
    }

    public Game game() {
        var names = new PartNames("none", "basic", "probability");
        config.put("prizes", slots);
        Shaping shaping = Shapes.builtIn().shape(names, new Document(Map.copyOf(config)), Document.empty());
        if (!(shaping instanceof Shaping.Shaped shaped)) {
            throw new AssertionError("the wheel is ill-configured: " + shaping);
        }
        return new Game(
                new GameId("game_" + serial),
                ACME,
                null,
                new CampaignId("camp_spring"),
                "Spring wheel",
                "spin_wheel",
                GameStatus.ACTIVE,
                rules,
                shaped.shape(),
                onUnavailable,
                walletScope,
                1,
                campaignTerms);
    }

    public Map<PrizeId, Prize> prizes() {
        return Map.copyOf(prizes);
    }

    public Session session(PlayerId player, Instant now) {
        var id = new SessionId("sess_" + SERIAL.incrementAndGet());
        var seed = new ServerSeed("%064x".formatted(SERIAL.incrementAndGet()));
        return switch (Starting.start(game(), player, id, seed, "", now)) {
            case StartDecision.Started started -> started.session();
            case StartDecision.GameNotActive _ -> throw new AssertionError("the wheel is not active at " + now);
        };
    }

    public PlayDecision decide(Session session, PlayCounts counts, Instant now) {
        var playId = new PlayId("play_%08d".formatted(SERIAL.incrementAndGet()));
        return Playing.play(
                new PlayRequest(game(), session.player(), session, Document.empty(), "", counts, prizes(), playId),
                now);
    }

    /** A play of this session with a client seed, whatever its limits. */
    public PlayDecision decide(Session session, String clientSeed, Instant now) {
        var playId = new PlayId("play_%08d".formatted(SERIAL.incrementAndGet()));
        return Playing.play(
                new PlayRequest(
                        game(),
                        session.player(),
                        session,
                        Document.empty(),
                        clientSeed,
                        new Allowance(PlayCounts.NONE, PlayCounts.NONE, 1),
                        prizes(),
                        playId),
                now);
    }

    /** A play of this session that the engine let through, without a look at the ledger's counts. */
    public DecidedPlay decided(Session session, Instant now) {
        return switch (decide(session, "", now)) {
            case PlayDecision.Decided decided -> decided.play();
            case PlayDecision.Caught caught -> throw new AssertionError("caught: " + caught.play());
            case PlayDecision.Refused refused -> throw new AssertionError("refused: " + refused.why());
        };
    }
}
