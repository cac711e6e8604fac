package io.fanfare.worker.granting;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.topic.DeadLetters;
import io.fanfare.edge.topic.IntakeMetrics;
import io.fanfare.edge.topic.RecordHandler;
import io.fanfare.edge.topic.Subscription;
import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.milestone.Milestone;
import io.fanfare.engine.milestone.MilestoneId;
import io.fanfare.engine.milestone.MilestoneMode;
import io.fanfare.engine.milestone.Milestones;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.RecordWriter;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.game.GameDefinition;
import io.fanfare.store.game.GameRecord;
import io.fanfare.store.game.Games;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.prize.PrizeDefinition;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.Rewards;
import io.fanfare.store.prize.Stock;
import io.fanfare.store.redemption.RedemptionRecord;
import io.fanfare.store.redemption.RedemptionWish;
import io.fanfare.store.redemption.Redemptions;
import io.fanfare.store.redemption.Reservation;
import io.fanfare.store.wallet.CommandsInSight;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What the topics of wallets and milestones bring about, on a real database, whatever dies in between. */
@TestInstance(Lifecycle.PER_CLASS)
class GrantingIT {

    private static final TenantId ACME = new TenantId("acme");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.systemUTC();
    private static final long STOCK = 10;

    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final MockProducer<byte[], byte[]> deadLetters =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private int players;
    private EmbeddedPostgres postgres;
    private Database database;
    private Redemptions redemptions;
    private Granting granting;

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        new Migrations(postgres.getPostgresDatabase()).run();
        database = Database.over(postgres.getPostgresDatabase());
        redemptions = new Redemptions(database, outbox(), new Ids(), CLOCK);
        granting = new Granting(database, outbox(), new Ids(), CLOCK);
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    /** A game with a milestone, and a player of whom nobody has heard. */
    private final class Scene {
        private final PlayerId player = new PlayerId("player" + players++);
        private final PrizeId prize = new Prizes(database, outbox(), new Ids(), CLOCK)
                .create(
                        ACME,
                        new PrizeDefinition("Mug", PrizeType.PHYSICAL, null, 1, AwardConstraints.NONE, false, "{}"),
                        Stock.Limited.of(STOCK),
                        null)
                .id();
        private final Milestones milestones = new Milestones(
                new Currency("points"),
                MilestoneMode.CUMULATIVE_UNLOCK,
                true,
                List.of(new Milestone(new MilestoneId("gold"), 100, prize)));
        private final GameRecord game = new Games(database, outbox(), new Ids(), CLOCK)
                .create(
                        ACME,
                        new GameDefinition(
                                null,
                                new CampaignId("camp_1"),
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
                                milestones),
                        null);

        RedemptionRecord reserved() {
            var wish =
                    new RedemptionWish(game, milestones, milestones.milestones().getFirst(), player, null, null);
            Reservation reservation = redemptions.reserve(wish);
            assertThat(reservation).isInstanceOf(Reservation.Reserved.class);
            return ((Reservation.Reserved) reservation).redemption();
        }

        String status(RedemptionRecord redemption) {
            return redemptions
                    .find(ACME, redemption.key().id())
                    .orElseThrow()
                    .state()
                    .word();
        }

        int rewards() {
            return new Rewards(database, outbox(), CLOCK)
                    .ofPlayer(ACME, player, null, 100)
                    .items()
                    .size();
        }

        long remaining() {
            return database.jdbc()
                    .sql("select remaining from prize_stock where prize_id = ?")
                    .param(prize.value())
                    .query(Long.class)
                    .single();
        }

        MilestoneReached reached() {
            return MilestoneReached.newBuilder()
                    .setTenantId(ACME.value())
                    .setScopeKey("camp_1")
                    .setPlayerId(player.value())
                    .setGameId(game.id().value())
                    .setMilestoneId("gold")
                    .setPrizeId(prize.value())
                    .setCurrency("points")
                    .setThreshold(100)
                    .setLifetimeEarned(120)
                    .setSequence(1)
                    .setOccurredAt(NOON)
                    .build();
        }
    }

    @Test
    void the_wallets_word_ends_a_redemption_and_reading_it_again_after_a_death_changes_nothing() {
        var scene = new Scene();
        RedemptionRecord redemption = scene.reserved();
        List<SpecificRecord> topic = List.of(posted("play", "play_1", 1), posted(redemption));

        // One that died before it committed its offset, and the one that takes over.
        read(Topics.WALLET_ENTRIES, ends(), topic);
        read(Topics.WALLET_ENTRIES, ends(), topic);

        assertThat(scene.status(redemption)).isEqualTo("granted");
        assertThat(scene.rewards()).isEqualTo(1);
        assertThat(scene.remaining()).isEqualTo(STOCK - 1);
        assertThat(deadLetters.history()).isEmpty();
    }

    @Test
    void a_refusal_gives_back_what_was_set_aside_once() {
        var scene = new Scene();
        RedemptionRecord redemption = scene.reserved();
        List<SpecificRecord> topic = List.of(refused(redemption), refused(redemption));

        read(Topics.WALLET_ENTRIES, ends(), topic);

        assertThat(scene.status(redemption)).isEqualTo("refused");
        assertThat(scene.rewards()).isZero();
        assertThat(scene.remaining()).isEqualTo(STOCK);
    }

    @Test
    void a_word_about_nothing_we_know_is_a_dead_letter_and_the_next_one_counts() {
        var scene = new Scene();
        RedemptionRecord redemption = scene.reserved();
        WalletPosted ofAnotherCommand = posted("redeem", redemption.key().id().value(), redemption.walletNumber() + 1);
        deadLetters.clear();

        read(
                Topics.WALLET_ENTRIES,
                ends(),
                List.of(posted("redeem", "rdm_nowhere", 1), ofAnotherCommand, posted(redemption)));

        assertThat(scene.status(redemption)).isEqualTo("granted");
        assertThat(deadLetters.history())
                .map(sent -> new RecordReader<>(Topics.DEAD_LETTERS, registry).read(sent.value()))
                .map(DeadLetter::getSourceOffset)
                .containsExactly(0L, 1L);
        deadLetters.clear();
    }

    @Test
    void a_milestone_that_is_told_twice_is_granted_once() {
        var scene = new Scene();

        read(Topics.MILESTONES, granter(), List.of(scene.reached(), scene.reached()));
        read(Topics.MILESTONES, granter(), List.of(scene.reached()));

        assertThat(scene.rewards()).isEqualTo(1);
        assertThat(scene.remaining()).isEqualTo(STOCK - 1);
    }

    @Test
    void reached_while_it_is_redeemed_it_is_one_reward() {
        var scene = new Scene();
        RedemptionRecord redemption = scene.reserved();

        read(Topics.MILESTONES, granter(), List.of(scene.reached()));
        read(Topics.WALLET_ENTRIES, ends(), List.of(refused(redemption)));

        assertThat(scene.status(redemption)).isEqualTo("granted");
        assertThat(scene.rewards()).isEqualTo(1);
        assertThat(scene.remaining()).isEqualTo(STOCK - 1);
    }

    private RecordHandler<SpecificRecord> ends() {
        return new RedemptionEnds(
                redemptions,
                new CommandsInSight(database, Duration.ofMillis(20)),
                new RedemptionMetrics(new SimpleMeterRegistry()));
    }

    private RecordHandler<MilestoneReached> granter() {
        return new Granter<>(ReachedMilestones::earned, granting, new SimpleMeterRegistry());
    }

    /** A subscription that reads all of a topic from its beginning. */
    private <V extends SpecificRecord> void read(Topic<String, V> topic, RecordHandler<V> handler, List<V> records) {
        var partition = new TopicPartition(topic.name(), 0);
        var consumer = new MockConsumer<byte[], byte[]>("earliest");
        var letters = new DeadLetters(deadLetters, registry, "test", CLOCK);
        var metrics = new IntakeMetrics(new SimpleMeterRegistry(), "test", "processed");
        try (var subscription = new Subscription<>(consumer, topic, registry, handler, letters, metrics, CLOCK)) {
            subscription.open();
            consumer.rebalance(List.of(partition));
            consumer.updateBeginningOffsets(Map.of(partition, 0L));
            for (int offset = 0; offset < records.size(); offset++) {
                byte[] value = new RecordWriter<>(topic, registry).write(records.get(offset));
                consumer.addRecord(new ConsumerRecord<>(topic.name(), 0, offset, new byte[0], value));
            }
            subscription.step();
            assertThat(subscription.isProcessing()).isTrue();
        }
    }

    private static WalletPosted posted(RedemptionRecord redemption) {
        return posted("redeem", redemption.key().id().value(), redemption.walletNumber());
    }

    private static WalletPosted posted(String reason, String reference, long number) {
        return WalletPosted.newBuilder()
                .setCommandId(command(reference))
                .setTenantId(ACME.value())
                .setScopeKey("camp_1")
                .setPlayerId("ada")
                .setSequence(number)
                .setOccurredAt(NOON)
                .setReason(reason)
                .setRefId(reference)
                .setEntries(List.of(new WalletEntry("points", -5L, "redemption", 7L, "available", List.of())))
                .build();
    }

    private static WalletRefused refused(RedemptionRecord redemption) {
        return WalletRefused.newBuilder()
                .setCommandId(command(redemption.key().id().value()))
                .setTenantId(ACME.value())
                .setScopeKey("camp_1")
                .setPlayerId("ada")
                .setSequence(redemption.walletNumber())
                .setOccurredAt(NOON)
                .setReason("redeem")
                .setRefId(redemption.key().id().value())
                .setRefusal("BELOW_THRESHOLD")
                .setDetail("5 of 100")
                .build();
    }

    private static String command(String redemption) {
        return Ids.derivedFrom("redemption:%s/%s".formatted(ACME, redemption)).toString();
    }

    private Outbox outbox() {
        return new Outbox(database, registry);
    }
}
