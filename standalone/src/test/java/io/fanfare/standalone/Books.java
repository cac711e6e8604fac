package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.standalone.Crowd.Acknowledged;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Compares what players were answered with what every reader of the platform finds: each play once, nothing more and nothing
 * less. Readers are waited for, then they must be right.
 */
record Books(Addresses at, String tenant, String campaign, String board, Crowd crowd) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String REPEATED = "fanfare-repeated";

    /** In the topic: numbered without gaps in the order of the topic, with the outcome that was answered. */
    void everyPlayIsAFactOnce() throws Exception {
        Map<String, List<PlayCompleted>> facts = eventually(this::facts, this::asManyAsWereAcknowledged);

        crowd.playsByPlayer().forEach((player, plays) -> {
            List<PlayCompleted> told = facts.getOrDefault(player, List.of());
            assertThat(told)
                    .as(player)
                    .extracting(PlayCompleted::getSequence)
                    .containsExactlyElementsOf(upTo(plays.size()));
            assertThat(told)
                    .as(player)
                    .extracting(Books::outcome)
                    .containsExactlyElementsOf(
                            plays.stream().map(Books::outcome).toList());
        });
    }

    private boolean asManyAsWereAcknowledged(Map<String, List<PlayCompleted>> facts) {
        return facts.values().stream().mapToInt(List::size).sum() >= crowd.plays();
    }

    /** By player. A number that is told again must tell the same, and is passed over. */
    private Map<String, List<PlayCompleted>> facts() {
        var byNumber = new LinkedHashMap<String, PlayCompleted>();
        for (ConsumerRecord<String, PlayCompleted> record :
                ours(at.topics().records(Topics.PLAYS)).toList()) {
            PlayCompleted before =
                    byNumber.putIfAbsent(record.key() + "#" + record.value().getSequence(), record.value());
            assertThat(before == null || before.equals(record.value()))
                    .as("%s told otherwise: %s", before, record.value())
                    .isTrue();
        }
        return byNumber.values().stream().collect(groupingBy(PlayCompleted::getPlayerId));
    }

    /** What the fact and the answer have in common. */
    private record Outcome(String playId, List<String> rewards) {}

    private static Outcome outcome(PlayCompleted fact) {
        return new Outcome(
                fact.getPlayId(), fact.getRewards().stream().map(Books::reward).toList());
    }

    private static String reward(PlayReward reward) {
        return "%s %s %d × %d"
                .formatted(reward.getRewardId(), reward.getType(), reward.getQuantity(), reward.getValue());
    }

    private static Outcome outcome(Acknowledged play) {
        return new Outcome(
                play.playId(), play.rewards().stream().map(Books::reward).toList());
    }

    private static String reward(JsonNode reward) {
        return "%s %s %d × %d"
                .formatted(
                        text(reward, "reward_id"),
                        text(reward, "type"),
                        reward.path("quantity").asLong(),
                        reward.path("value").asLong());
    }

    /** Each number of each wallet was posted once, for the play that got it; balances are the sums, whoever is asked. */
    void everyCreditIsBookedOnce() throws Exception {
        int credits = (int) crowd.playsByPlayer().values().stream()
                .flatMap(List::stream)
                .filter(play -> points(play) > 0)
                .count();
        List<WalletPosted> posted = eventually(this::posted, found -> found.size() >= credits);

        for (var player : crowd.playsByPlayer().entrySet()) {
            List<Acknowledged> wins =
                    player.getValue().stream().filter(play -> points(play) > 0).toList();
            List<WalletPosted> own = posted.stream()
                    .filter(entry -> entry.getPlayerId().equals(player.getKey()))
                    .toList();
            assertThat(own).extracting(WalletPosted::getSequence).containsExactlyElementsOf(upTo(wins.size()));
            assertThat(own)
                    .extracting(entry -> "%s for %s:%d gives %d"
                            .formatted(entry.getRefId(), entry.getScopeKey(), entry.getSequence(), amount(entry)))
                    .containsExactlyElementsOf(wins.stream()
                            .map(win -> "%s for %s gives %d"
                                    .formatted(win.playId(), text(win.data(), "consistency"), points(win)))
                            .toList());
            long sum = wins.stream().mapToLong(Books::points).sum();
            assertThat(balanceInState(player.getKey())).as(player.getKey()).isEqualTo(sum);
            assertThat(balanceShown(player.getKey())).as(player.getKey()).isEqualTo(sum);
        }
    }

    private List<WalletPosted> posted() {
        return ours(at.topics().records(Topics.WALLET_ENTRIES))
                .filter(record -> record.headers().lastHeader(REPEATED) == null)
                .map(ConsumerRecord::value)
                .map(WalletPosted.class::cast)
                .toList();
    }

    private static long amount(WalletPosted posted) {
        return posted.getEntries().stream().mapToLong(WalletEntry::getAmount).sum();
    }

    private static long points(Acknowledged play) {
        return play.rewards().stream()
                .filter(reward -> text(reward, "type").equals("points"))
                .mapToLong(reward ->
                        reward.path("quantity").asLong() * reward.path("value").asLong())
                .sum();
    }

    private long balanceInState(String player) throws Exception {
        var answer = at.streams().admin(tenant).get("/state/v1/wallets/" + player + "?scope_key=" + campaign);
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(200);
        return balance(answer.data().path("wallets").path(0));
    }

    private long balanceShown(String player) throws Exception {
        var answer = at.api().player(tenant, player).get("/api/v1/wallet?scope_key=" + campaign);
        assertThat(isFresh(answer)).as("%s", answer.body()).isTrue();
        return balance(answer.data());
    }

    private static long balance(JsonNode wallet) {
        return wallet.path("balances")
                .valueStream()
                .mapToLong(balance -> balance.path("balance").asLong())
                .sum();
    }

    /** Whether each player finds all that was asked of their wallet so far in it. */
    boolean walletsHaveCaughtUp() throws Exception {
        boolean fresh = true;
        for (String player : crowd.playsByPlayer().keySet()) {
            fresh = fresh && isFresh(at.api().player(tenant, player).get("/api/v1/wallet?scope_key=" + campaign));
        }
        return fresh;
    }

    private static boolean isFresh(Web.Answer answer) {
        return answer.status() == 200
                && answer.data().path("freshness").path("fresh").asBoolean();
    }

    /** The board of plays has everybody with as many as they played. */
    void everyPlayIsRanked() throws Exception {
        Map<String, Long> played = crowd.playsByPlayer().entrySet().stream().collect(toMap(Map.Entry::getKey, player ->
                (long) player.getValue().size()));

        Map<String, Long> scores = eventually(this::scores, played::equals);

        assertThat(scores).isEqualTo(played);
    }

    private Map<String, Long> scores() throws Exception {
        return at.api()
                .admin(tenant)
                .get("/api/v1/leaderboards/" + board + "/rankings?limit=100")
                .data()
                .path("items")
                .valueStream()
                .collect(toMap(
                        entry -> text(entry, "player_id"),
                        entry -> entry.path("score").asLong()));
    }

    /** A code was given to one reward only, the one that its winner was shown, and what is left is what was not given. */
    void everyVoucherIsOnePlayers() {
        Map<String, String> shown = crowd.playsByPlayer().values().stream()
                .flatMap(List::stream)
                .flatMap(play -> play.rewards().stream())
                .filter(reward -> text(reward, "type").equals("voucher"))
                .collect(toMap(reward -> text(reward, "code"), reward -> text(reward, "reward_id")));
        var given = new TreeMap<String, String>();
        database()
                .sql("select code, reward_id from prize_code where tenant_id = ? and reward_id is not null")
                .param(tenant)
                .query(row -> {
                    given.put(row.getString(1), row.getString(2));
                });
        long taken = database()
                .sql("select sum(total - remaining) from prize_stock where tenant_id = ? and total is not null")
                .param(tenant)
                .query(Long.class)
                .single();

        assertThat(given).isEqualTo(shown);
        assertThat(taken).isEqualTo(shown.size());
    }

    /** Each play, and each prize, has one delivery. */
    void everyWebhookIsWrittenDown() throws Exception {
        Set<String> plays = everything().map(Acknowledged::playId).collect(toSet());
        Set<String> prizes = everything()
                .flatMap(play -> play.rewards().stream())
                .map(reward -> text(reward, "reward_id"))
                .collect(toSet());

        List<Delivery> written = eventually(this::deliveries, found -> found.size() >= plays.size() + prizes.size());

        assertThat(told(written, "play_completed", "play_id")).containsExactlyInAnyOrderElementsOf(plays);
        assertThat(told(written, "prize_won", "reward_id")).containsExactlyInAnyOrderElementsOf(prizes);
    }

    /** And has arrived. */
    void everyWebhookIsDelivered(Duration patience) throws Exception {
        eventually(
                patience,
                () -> deliveries().stream()
                        .filter(delivery -> !delivery.state().equals("delivered"))
                        .toList(),
                List::isEmpty);
    }

    void nothingIsADeadLetter() {
        assertThat(at.topics().records(Topics.DEAD_LETTERS)).isEmpty();
    }

    private record Delivery(String event, String state, String body) {}

    private List<Delivery> deliveries() {
        return database()
                .sql("select event_type, state, body from webhook_delivery where tenant_id = ?")
                .param(tenant)
                .query((row, _) -> new Delivery(row.getString(1), row.getString(2), row.getString(3)))
                .list();
    }

    private static List<String> told(List<Delivery> deliveries, String event, String subject) {
        return deliveries.stream()
                .filter(delivery -> delivery.event().equals(event))
                .map(delivery -> text(JSON.readTree(delivery.body()).path("payload"), subject))
                .toList();
    }

    private Stream<Acknowledged> everything() {
        return crowd.playsByPlayer().values().stream().flatMap(List::stream);
    }

    private <V extends SpecificRecord> Stream<ConsumerRecord<String, V>> ours(List<ConsumerRecord<String, V>> records) {
        return records.stream().filter(record -> record.key().startsWith(tenant + "/"));
    }

    private JdbcClient database() {
        return JdbcClient.create(
                new DriverManagerDataSource(at.jdbcUrl(), DurablePostgres.USER, DurablePostgres.PASSWORD));
    }

    private static List<Long> upTo(int last) {
        return LongStream.rangeClosed(1, last).boxed().toList();
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asString();
    }
}
