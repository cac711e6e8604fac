package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.ZoneOffset.UTC;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.GenerationChanged;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.RewardExpiring;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.standalone.ForeignSubscriber.Position;
import io.fanfare.standalone.Web.Answer;
import java.sql.DriverManager;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;

/** Clients that know nothing of us read what we wrote: every topic, every type of record, every field. */
@ExtendWith({NodeProject.Extension.class, RunningPlatform.Extension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForeignClientsIT {

    private static final String TENANT = "foreign";

    /** Whose registry client decodes; the records themselves are fetched by KafkaJS. */
    private static final List<String> CLIENTS = List.of("kafkajs", "confluent");

    /** The first whole number that a JavaScript number cannot hold. */
    private static final long BEYOND_DOUBLE = (1L << 53) + 1;

    /** Records that no route brings about, or none before a day has passed. */
    private static final Set<Class<?>> WITHOUT_A_ROUTE = Set.of(GenerationChanged.class, RewardExpiring.class);

    private static final String COMMIT_COMMAND = """
            with command as (
                insert into wallet_command (tenant_id, scope_key, player_id, number, command_id, payload, occurred_at)
                values (?, ?, ?, ?, ?::uuid, ?, ?)
                returning *
            ), given_out as (
                insert into player_sequence (tenant_id, player_id, stream, last_number)
                select tenant_id, player_id, 'wallet:' || scope_key, number from command
                on conflict (tenant_id, player_id, stream) do update set last_number = excluded.last_number
            )
            insert into outbox (id, aggregatetype, aggregateid, type, payload, tenant_id, occurred_at, ce_time)
            select gen_random_uuid(), ?, tenant_id || '/' || player_id, 'WalletCommand', payload, tenant_id, occurred_at, ?
            from command
            """;

    private final NodeProject node;
    private final RunningPlatform platform;
    private final Web admin;
    private final Map<String, ForeignSubscriber> subscribers = new HashMap<>();

    @SuppressWarnings("NullAway.Init") // set before all tests
    private List<ConsumerRecord<String, ? extends SpecificRecord>> records;

    @SuppressWarnings("NullAway.Init") // set before all tests
    private Position poison;

    ForeignClientsIT(NodeProject node, RunningPlatform platform) {
        this.node = node;
        this.platform = platform;
        this.admin = platform.api().admin(TENANT);
    }

    @BeforeAll
    void every_type_of_record_is_in_its_topic() throws Exception {
        String campaign = created("campaigns", "campaign_id", """
                {"name": "Für Fremde 🎡", "status": "active", "channels": ["website_embed"]}""");
        String prize = created("prizes", "prize_id", """
                {"name": "fünf Punkte", "type": "points", "value": 5}""");
        String winning = created("games", "game_id", wheelWithMilestone(campaign, prize));
        String losing = created("games", "game_id", wheel(campaign, ""));
        created("leaderboards", "leaderboard_id", """
                {"name": "Spins", "campaign_id": "%s", "metric": "total_plays"}""".formatted(campaign));
        created("integrations", "integration_id", """
                {"type": "webhook", "events": ["prize_won"], "status": "active",
                 "config": {"url": "%s", "hmac_secret": "foreign-secret"}}""".formatted(
                        platform.worker().base().resolve("/dev/webhooks/foreign")));
        String mug = created("prizes", "prize_id", """
                {"name": "Becher ☕", "type": "voucher", "value": 900, "stock": {"total": 1},
                 "fulfillment": {"redemption_mode": "on_claim", "channel": "voucher_code"}}""");
        admin.post("/api/v1/admin/prizes/%s/codes".formatted(mug), "{\"codes\": [\"MUG-1\"]}");
        String vouchers = created("games", "game_id", wheel(campaign, mug));
        play(losing, "grace");
        claim(play(vouchers, "linus"), "linus");
        commit(command(1, new WalletCredit(List.of(new WalletAmount("points", BEYOND_DOUBLE)))));
        commit(command(2, new WalletSpend(List.of(new WalletAmount("points", Long.MAX_VALUE)))));
        creditOnTerms();
        poison = sendPoison();
        replay(poison);
        // Five points are a milestone, and it is granted unasked as soon as that is in effect.
        eventually(System::currentTimeMillis, now -> now >= platform.topics().milestonesCountFrom(winning));
        play(winning, "ada");

        bothClientsSubscribe();
        records = eventually(this::readByUs, ForeignClientsIT::showEveryType);
    }

    /** Points that expire within a week, of which the player is told, and a hold that times out before the next command. */
    private void creditOnTerms() throws Exception {
        asMachine("credit", """
                {"player_id": "hedy", "scope_key": "camp_terms", "amounts": [{"currency": "points", "amount": 5}],
                 "expires_after_days": 1}""");
        asMachine("holds", """
                {"player_id": "hedy", "scope_key": "camp_terms", "currency": "points", "amount": 3, "timeout": 1}""");
        eventually(
                () -> {
                    asMachine("activate", """
                            {"player_id": "hedy", "scope_key": "camp_terms", "action": "anything"}""");
                    return platform.api().player(TENANT, "hedy").get("/api/v1/wallet?scope_key=camp_terms");
                },
                wallet -> wallet.data().path("balances").path(0).path("balance").asLong() == 5);
    }

    private void asMachine(String what, String body) throws Exception {
        Answer answer = platform.api()
                .with("X-Tenant-Id", TENANT)
                .with("X-Roles", "machine")
                .with("Idempotency-Key", UUID.randomUUID().toString())
                .post("/api/v1/wallets/" + what, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
    }

    private void replay(Position position) throws Exception {
        var commands = new Commands(List.of(
                "--url",
                platform.api().base().toString(),
                "--kafka",
                platform.bootstrap(),
                "--registry",
                platform.registry().toString()));
        String id = "%s/%d/%d".formatted(position.topic(), position.partition(), position.offset());
        eventually(() -> commands.deadLetter(id), letter -> !letter.isMissingNode());
        commands.run("dlq replay --id " + id).well();
    }

    private void bothClientsSubscribe() throws Exception {
        List<String> topics = Topics.all().stream().map(Topic::name).toList();
        for (String client : CLIENTS) {
            subscribers.put(client, ForeignSubscriber.start(node, client, platform.topics(), topics));
        }
    }

    @AfterAll
    void they_leave() throws Exception {
        for (ForeignSubscriber subscriber : subscribers.values()) {
            subscriber.leave();
        }
    }

    @ParameterizedTest
    @FieldSource("CLIENTS")
    void a_registry_client_decodes_every_field_of_every_record_as_we_do(String client) throws Exception {
        Map<Position, JsonNode> asWeRead = records.stream().collect(toMap(Position::of, ExactJson::of));

        Map<Position, JsonNode> asTheyRead = subscriber(client).told(asWeRead.keySet());

        assertThat(asTheyRead).containsExactlyInAnyOrderEntriesOf(asWeRead);
    }

    @ParameterizedTest
    @FieldSource("CLIENTS")
    void bytes_that_are_no_record_to_us_are_none_to_them(String client) throws Exception {
        JsonNode line = requireNonNull(subscriber(client).told(Set.of(poison)).get(poison));

        assertThat(line.path("undecodable").asString("")).isNotBlank();
        assertThat(line.has("value")).isFalse();
    }

    private ForeignSubscriber subscriber(String client) {
        return requireNonNull(subscribers.get(client));
    }

    private List<ConsumerRecord<String, ? extends SpecificRecord>> readByUs() {
        var all = new ArrayList<ConsumerRecord<String, ? extends SpecificRecord>>();
        Topics.all().forEach(topic -> all.addAll(platform.topics().records(topic)));
        return all;
    }

    /** Every type of record of the catalogue from our own tenant, and a play of each outcome. */
    private static boolean showEveryType(List<ConsumerRecord<String, ? extends SpecificRecord>> records) {
        List<? extends SpecificRecord> ours = records.stream()
                .filter(record -> record.key().startsWith(TENANT + "/"))
                .map(ConsumerRecord::value)
                .toList();
        Set<Class<?>> seen = ours.stream().map(Object::getClass).collect(toSet());
        Set<Boolean> outcomes = ours.stream()
                .flatMap(record -> record instanceof PlayCompleted play ? Stream.of(play.getWon()) : Stream.empty())
                .collect(toSet());
        return Topics.all().stream()
                        .flatMap(topic -> topic.recordTypes().stream())
                        .allMatch(type -> seen.contains(type) || WITHOUT_A_ROUTE.contains(type))
                && outcomes.size() == 2;
    }

    private static String wheel(String campaign, String prize) {
        return """
                {"name": "Rad", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]}}""".formatted(campaign, prize);
    }

    private static String wheelWithMilestone(String campaign, String prize) {
        return """
                {"name": "Rad", "type": "spin_wheel", "campaign_id": "%s", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1, "slot_index": 0}]},
                 "milestones": {"currency": "points", "mode": "cumulative_unlock", "auto_grant": true,
                  "milestones": [{"milestone_id": "five", "threshold": 5, "prize_id": "%s"}]}}""".formatted(campaign, prize, prize);
    }

    private static WalletCommand command(long sequence, Object action) {
        return WalletCommand.newBuilder()
                .setCommandId(new UUID(0, sequence).toString())
                .setTenantId(TENANT)
                .setScopeKey("camp_foreign")
                .setPlayerId("linus")
                .setSequence(sequence)
                .setOccurredAt(Instant.ofEpochMilli(1_700_000_000_000L + sequence))
                .setCause(new WalletCause("adjust", "foreign"))
                .setAction(action)
                .build();
    }

    private void claim(Answer won, String player) throws Exception {
        String reward = won.data().path("rewards").path(0).path("reward_id").asString();
        Answer claimed = platform.api().player(TENANT, player).post("/api/v1/rewards/" + reward + "/claim", "{}");
        assertThat(claimed.status()).as("%s", claimed.body()).isEqualTo(200);
    }

    private Answer play(String game, String player) throws Exception {
        Web web = platform.api().player(TENANT, player);
        String session = web.post("/api/v1/games/" + game + "/start", "{}")
                .data()
                .path("session_id")
                .asString();
        Answer play = web.post(
                "/api/v1/games/" + game + "/play", "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session));
        assertThat(play.status()).as("%s", play.body()).isEqualTo(200);
        return play;
    }

    private String created(String things, String id, String body) throws Exception {
        Answer answer = admin.post("/api/v1/admin/" + things, body);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path(id).asString();
    }

    /** As the platform would: the command, its number and its outbox row are one transaction, so that all of it is there to verify. */
    private void commit(WalletCommand command) throws Exception {
        var registry = new ConfluentRegistry(platform.registry());
        byte[] payload;
        try (var values = Topics.WALLET_COMMANDS.valueSerde(registry)) {
            payload = values.serializer().serialize(Topics.WALLET_COMMANDS.name(), command);
        }
        try (var connection = DriverManager.getConnection(
                        platform.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD);
                var statement = connection.prepareStatement(COMMIT_COMMAND)) {
            statement.setString(1, command.getTenantId());
            statement.setString(2, command.getScopeKey());
            statement.setString(3, command.getPlayerId());
            statement.setLong(4, command.getSequence());
            statement.setString(5, command.getCommandId());
            statement.setBytes(6, payload);
            statement.setTimestamp(7, Timestamp.valueOf(LocalDateTime.ofInstant(command.getOccurredAt(), UTC)));
            statement.setString(8, Topics.WALLET_COMMANDS.name());
            statement.setString(9, command.getOccurredAt().toString());
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }
    }

    /** A record with headers and bytes that no text stands for, so that its dead letter holds such bytes. */
    private Position sendPoison() throws Exception {
        byte[] noAvro = {(byte) 0xff, 0, (byte) 0x80, 1};
        var record = new ProducerRecord<>(Topics.PLAYS.name(), TENANT + "/mallory", noAvro);
        record.headers().add("why", "to be refused".getBytes(UTF_8)).add("nothing", null);
        return send(record);
    }

    private Position send(ProducerRecord<String, byte[]> record) throws Exception {
        Map<String, Object> config = Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, platform.bootstrap());
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            return Position.of(producer.send(record).get());
        }
    }
}
