package io.fanfare.store.redemption;

import static io.fanfare.store.Definitions.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.Unavailability;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.Redemption;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Definitions;
import io.fanfare.store.StoreServer;
import io.fanfare.store.award.AwardKey;
import io.fanfare.store.award.AwardRecord;
import io.fanfare.store.award.AwardState;
import io.fanfare.store.award.Awards;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.RewardRecord;
import io.fanfare.store.prize.Rewards;
import io.fanfare.store.prize.Stock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A game with one milestone, whose prize is in limited stock and comes with codes, and everything to redeem it with. */
public final class MilestoneShop {

    public static final PlayerId ADA = new PlayerId("ada");
    public static final PlayerId GRACE = new PlayerId("grace");
    public static final CampaignId CAMPAIGN = new CampaignId("camp_spring");
    public static final long PRICE = 100;

    private final Definitions definitions;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final Redemptions redemptions;
    private final Rewards rewards;
    private final Prizes prizes;
    private final PrizeId prize;
    private final GameRecord game;
    private final Milestones milestones;

    public MilestoneShop(StoreServer server, MilestoneMode mode) {
        this(server, mode, voucher(AwardConstraints.NONE));
    }

    public MilestoneShop(StoreServer server, MilestoneMode mode, PrizeDefinition ofPrize) {
        this.definitions = new Definitions(server);
        var outbox = outbox();
        this.redemptions = new Redemptions(database(), outbox, definitions.ids(), definitions.clock());
        this.rewards = new Rewards(database(), outbox, definitions.clock());
        this.prizes = new Prizes(database(), outbox, definitions.ids(), definitions.clock());
        this.prize = prizes.create(ACME, ofPrize, Stock.Limited.of(3), null).id();
        if (ofPrize.needsCode()) {
            prizes.importCodes(ACME, prize, List.of("A", "B", "C"));
        }
        this.milestones = new Milestones(
                new Currency("points"),
                mode,
                mode == MilestoneMode.CUMULATIVE_UNLOCK,
                List.of(new Milestone(new MilestoneId("gold"), PRICE, prize)));
        this.game = new Games(database(), outbox, definitions.ids(), definitions.clock())
                .create(ACME, wheel(milestones), null);
    }

    public static PrizeDefinition voucher(AwardConstraints constraints) {
        return new PrizeDefinition("Mug", PrizeType.VOUCHER, null, 500, constraints, true, Redemption.ON_CLAIM, "{}");
    }

    public static PrizeDefinition points() {
        return new PrizeDefinition("Bonus", PrizeType.POINTS, null, 40, AwardConstraints.NONE, false, "{}");
    }

    private static GameDefinition wheel(Milestones milestones) {
        return new GameDefinition(
                null,
                CAMPAIGN,
                "Wheel",
                "spin_wheel",
                new PartNames("none", "basic", "probability"),
                GameStatus.ACTIVE,
                GameRules.NONE,
                "{}",
                "{}",
                "{}",
                OnUnavailable.NO_WIN,
                WalletScope.CAMPAIGN,
                milestones);
    }

    public Definitions definitions() {
        return definitions;
    }

    public Database database() {
        return definitions.database();
    }

    public Outbox outbox() {
        return new Outbox(definitions.database(), registry);
    }

    public Redemptions redemptions() {
        return redemptions;
    }

    public PrizeId prize() {
        return prize;
    }

    public GameRecord game() {
        return game;
    }

    Milestone milestone() {
        return milestones.milestones().getFirst();
    }

    public Reservation reserve(PlayerId player) {
        return reserve(player, null);
    }

    Reservation reserve(PlayerId player, @Nullable IdempotencyClaim claim) {
        return redemptions.reserve(new RedemptionWish(game, milestones, milestone(), player, claim, null));
    }

    /** One that must come about. */
    public RedemptionRecord reserved(PlayerId player) {
        Reservation reservation = reserve(player);
        assertThat(reservation).isInstanceOf(Reservation.Reserved.class);
        return ((Reservation.Reserved) reservation).redemption();
    }

    /** The player has earned the milestone when its prize could not be had. */
    void leaveUnawarded(PlayerId player) {
        var key = AwardKey.ofMilestone(
                ACME, new ScopeKey(CAMPAIGN.value()), game.id(), milestone().id(), player);
        var why = new AwardState.Unawarded(Unavailability.OUT_OF_STOCK);
        new Awards(database())
                .insert(new AwardRecord(
                        definitions.ids().award(), key, game.id(), prize, why, definitions.now(), definitions.now()));
    }

    void sellOut() {
        prizes.changeStock(ACME, prize, -3, "sold out");
    }

    public void restock() {
        prizes.changeStock(ACME, prize, 1, "one more");
    }

    public void moreCodes(String code) {
        prizes.importCodes(ACME, prize, List.of(code));
    }

    public long remaining() {
        return count("select remaining from prize_stock where prize_id = '%s'".formatted(prize));
    }

    public long freeCodes() {
        return count("select count(*) from prize_code where reward_id is null");
    }

    /** What the caps of the prize are judged by. */
    long counted(PlayerId player) {
        return count("select coalesce(max(units), 0) from award_counter where player_id = '%s'".formatted(player));
    }

    public long count(String sql) {
        return database().jdbc().sql(sql).query(Long.class).single();
    }

    public List<RewardRecord> rewardsOf(PlayerId player) {
        return rewards.ofPlayer(ACME, player, null, 100).items();
    }

    /** What is on its way to a topic, in order. */
    public <R extends SpecificRecord> List<R> published(String topic, Class<R> type) {
        return database()
                .jdbc()
                .sql("select payload from outbox where aggregatetype = ? order by position")
                .param(topic)
                .query((row, _) -> row.getBytes(1))
                .stream()
                .map(bytes -> topic.equals(Topics.REWARDS.name())
                        ? Topics.REWARDS.valueSerde(registry).deserializer().deserialize(topic, bytes)
                        : Topics.WALLET_COMMANDS
                                .valueSerde(registry)
                                .deserializer()
                                .deserialize(topic, bytes))
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    public static <T> List<T> allAtOnce(List<Callable<T>> calls) throws InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            return threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }
    }
}
