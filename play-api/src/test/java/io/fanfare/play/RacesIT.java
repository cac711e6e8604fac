package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Many want the same thing at the same time, over HTTP: nobody gets what is not there, and nobody goes without what is. */
@OnEveryDatabase
class RacesIT {

    private static final Logger LOG = LoggerFactory.getLogger(RacesIT.class);
    private static final int THREADS = 64;
    private static final int MOST_ROUNDS = 10;

    private final RunningApi api;
    private final Tenant acme;

    RacesIT(RunningApi api) {
        this.api = api;
        this.acme = api.newTenant();
    }

    /** Somebody who is about to play. */
    private record Ready(String player, String session) {}

    @Test
    void a_thousand_want_the_last_unit_and_one_gets_it() throws Exception {
        String car = acme.create("/admin/prizes", """
                {"name": "Car", "type": "physical", "stock": {"total": 1}}""", "prize_id");
        String game = acme.wheelOf(car, "{}");

        List<Answer> answers = insisting(game, everyone(1_000, game));

        assertThat(answers)
                .hasSize(1_000)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
        assertThat(won(answers)).containsExactly(car);
        assertThat(answers.stream().filter(answer -> resolution(answer).equals("out_of_stock")))
                .hasSize(999);
        assertThat(count("reward")).isEqualTo(1);
        assertThat(count("play")).isEqualTo(1_000);
        assertThat(remaining(car)).isZero();
    }

    @Test
    void twenty_codes_make_twenty_of_fifty_happy() throws Exception {
        String coffee = acme.create("/admin/prizes", """
                {"name": "Coffee", "type": "voucher", "stock": {"total": 500},
                 "fulfillment": {"channel": "voucher_code"}}""", "prize_id");
        List<String> codes =
                IntStream.range(0, 20).mapToObj("CODE-%d"::formatted).toList();
        acme.asAdmin(
                "POST",
                "/admin/prizes/%s/codes".formatted(coffee),
                "{\"codes\": [%s]}"
                        .formatted(String.join(
                                ",", codes.stream().map("\"%s\""::formatted).toList())));
        String game = acme.wheelOf(coffee, "{}");

        List<Answer> answers = playedAtOnce(game, everyone(50, game));

        assertThat(answers.stream()
                        .flatMap(answer -> answer.data().path("rewards").valueStream())
                        .map(reward -> reward.path("code").stringValue()))
                .containsExactlyInAnyOrderElementsOf(codes);
        assertThat(answers.stream().filter(answer -> resolution(answer).equals("no_code")))
                .hasSize(30);
        assertThat(remaining(coffee)).isEqualTo(480);
    }

    @Test
    void no_more_turns_are_taken_than_were_given() throws Exception {
        acme.asAdmin(
                "POST",
                "/admin/players/ada/turns",
                "{\"campaign_id\": \"camp_1\", \"delta\": 10, \"reason\": \"race\"}");
        String game = acme.wheelOf(acme.pointsPrize(5), "{\"use_turns\": true}");

        List<Answer> answers = playedAtOnce(game, often("ada", game));

        assertPlayed(10, answers);
        assertThat(acme.asPlayer("ada", "GET", "/players/me/turns?campaign_id=camp_1", "")
                        .data()
                        .path("balance")
                        .longValue())
                .isZero();
    }

    @Test
    void nobody_plays_more_often_than_a_game_allows() throws Exception {
        String game = acme.wheelOf(acme.pointsPrize(5), "{\"max_plays_per_day\": 7}");

        List<Answer> answers = playedAtOnce(game, often("ada", game));

        assertPlayed(7, answers);
    }

    @Test
    void nobody_plays_more_often_than_a_campaign_allows_in_all_of_its_games_together() throws Exception {
        String campaign = acme.create("/admin/campaigns", """
                {"name": "Spring", "status": "active", "settings": {"max_plays_per_user": 9}}""", "campaign_id");
        List<String> games = Stream.generate(() -> acme.create("/admin/games", """
                        {"name": "Wheel", "type": "spin_wheel", "status": "active", "campaign_id": "%s",
                         "handler_config": {"prizes": [{"prize_id": "", "probability": 1}]}}""".formatted(campaign), "game_id"))
                .limit(2)
                .toList();
        List<Callable<Answer>> plays = new ArrayList<>();
        for (String game : games) {
            for (Ready ready : often("ada", game).subList(0, THREADS / 2)) {
                plays.add(() -> acme.play(ready.player(), game, ready.session()));
            }
        }

        List<Answer> answers = atOnce(plays, RacesIT::threads);

        assertPlayed(9, answers);
    }

    @Test
    void nobody_is_awarded_a_prize_more_often_than_it_allows() throws Exception {
        String mug = acme.create("/admin/prizes", """
                {"name": "Mug", "type": "physical", "stock": {"total": 100}, "constraints": {"max_per_user": 5}}""", "prize_id");
        String game = acme.wheelOf(mug, "{}");

        List<Answer> answers = playedAtOnce(game, often("ada", game));

        assertThat(won(answers)).hasSize(5);
        assertThat(answers.stream().filter(answer -> resolution(answer).equals("capped")))
                .hasSize(THREADS - 5);
        assertThat(remaining(mug)).isEqualTo(95);
    }

    /**
     * All at once. Where more come in than may wait, some are asked to come again, and do so together, under the same key; so do those
     * who got no answer.
     */
    private List<Answer> insisting(String game, List<Ready> crowd) throws InterruptedException, ExecutionException {
        List<Answer> answers = new ArrayList<>();
        List<Ready> waiting = crowd;
        for (int round = 0; !waiting.isEmpty() && round < MOST_ROUNDS; round++) {
            List<Optional<Answer>> heard = atOnce(
                    waiting.stream()
                            .<Callable<Optional<Answer>>>map(ready -> () -> asked(game, ready))
                            .toList(),
                    Executors::newVirtualThreadPerTaskExecutor);
            List<Ready> again = new ArrayList<>();
            for (int i = 0; i < heard.size(); i++) {
                Ready ready = waiting.get(i);
                heard.get(i).ifPresentOrElse(answers::add, () -> again.add(ready));
            }
            waiting = again;
        }
        return answers;
    }

    /** Nothing where it is to be asked again. */
    private Optional<Answer> asked(String game, Ready ready) {
        try {
            Answer answer = acme.play(ready.player(), game, ready.session(), "Idempotency-Key", "race");
            if (answer.status() != 503) {
                return Optional.of(answer);
            }
            assertThat(answer.header("Retry-After")).isNotEmpty();
        } catch (UncheckedIOException e) {
            LOG.info("No answer for {}", ready.player(), e);
        }
        return Optional.empty();
    }

    private static void assertPlayed(int times, List<Answer> answers) {
        assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(times);
        assertThat(answers.stream().filter(answer -> answer.reason().equals("OUT_OF_TURNS")))
                .hasSize(THREADS - times);
    }

    /** As many players, each with a session. */
    private List<Ready> everyone(int players, String game) throws InterruptedException, ExecutionException {
        List<Callable<Ready>> starts = IntStream.range(0, players)
                .mapToObj("player-%d"::formatted)
                .<Callable<Ready>>map(player -> () -> new Ready(player, acme.startedBy(player, game)))
                .toList();
        return atOnce(starts, RacesIT::threads);
    }

    /** One player with as many sessions as there are threads. */
    private List<Ready> often(String player, String game) {
        return Stream.generate(() -> new Ready(player, acme.startedBy(player, game)))
                .limit(THREADS)
                .toList();
    }

    private List<Answer> playedAtOnce(String game, List<Ready> crowd) throws InterruptedException, ExecutionException {
        return atOnce(
                crowd.stream()
                        .<Callable<Answer>>map(ready -> () -> acme.play(ready.player(), game, ready.session()))
                        .toList(),
                RacesIT::threads);
    }

    private static ExecutorService threads() {
        return Executors.newFixedThreadPool(THREADS);
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls, Supplier<ExecutorService> executor)
            throws InterruptedException, ExecutionException {
        var results = new ArrayList<T>();
        try (ExecutorService threads = executor.get()) {
            for (Future<T> each : threads.invokeAll(calls)) {
                results.add(each.get());
            }
        }
        return results;
    }

    private static List<String> won(List<Answer> answers) {
        return answers.stream()
                .flatMap(answer -> answer.data().path("rewards").valueStream())
                .map(reward -> reward.path("prize_id").stringValue())
                .toList();
    }

    /** Why the prize could not be had; empty where it was. */
    private static String resolution(Answer played) {
        return played.data()
                .path("metadata")
                .path("resolution")
                .path(0)
                .path("reason")
                .stringValue("");
    }

    private long remaining(String prize) {
        return acme.asAdmin("GET", "/admin/prizes/" + prize, "")
                .data()
                .path("stock")
                .path("remaining")
                .longValue();
    }

    private long count(String table) {
        return api.jdbc
                .sql("select count(*) from " + table + " where tenant_id = :tenant")
                .param("tenant", acme.id)
                .query(Long.class)
                .single();
    }
}
