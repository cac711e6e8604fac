package io.fanfare.outside;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.PlayId;
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
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import io.fanfare.engine.simulation.Crowd;
import io.fanfare.engine.simulation.Forecast;
import io.fanfare.engine.simulation.Simulating;
import io.fanfare.engine.simulation.Simulating.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A shape of three new parts, added from outside: dealt, judged, won, simulated, and described by {@code docs/add-a-shape.md}. */
class AddingAWholeShapeTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final PlayerId ADA = new PlayerId("ada");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Prize MUG =
            new Prize(new PrizeId("mug"), ACME, "Mug", PrizeType.VOUCHER, null, 900, AwardConstraints.NONE, false, 1);
    private static final Path PAGE = Path.of("../docs/add-a-shape.md");
    private static final Path SOURCE = Path.of("src/test/java/io/fanfare/outside/HighLow.java");
    private static final Pattern JAVA = Pattern.compile("^```java$(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private final Shapes shapes = HighLow.shapes();
    private final Game game = game(Document.of("prize_id", "mug"));

    @Test
    void who_calls_it_right_wins() {
        int won = 0;
        for (int number = 1; number <= 50; number++) {
            Session session = start(number);
            long dealt = number(session.seed(), "card");

            var played = ((PlayDecision.Decided) play(session, "higher", Duration.ofSeconds(1))).play();

            long next = number(played.metadata(), "next_card");
            assertThat(!played.awards().isEmpty()).isEqualTo(next > dealt);
            won += played.awards().size();
        }
        assertThat(won).isBetween(5, 45);
    }

    @Test
    void who_calls_before_seeing_the_card_is_caught() {
        assertThat(play(start(1), "higher", Duration.ofMillis(299))).isInstanceOf(PlayDecision.Caught.class);
        assertThat(play(start(1), "higher", Duration.ofMillis(300))).isInstanceOf(PlayDecision.Decided.class);
    }

    @Test
    void what_nobody_can_call_is_refused_by_its_field() {
        assertThat(play(start(1), "sideways", Duration.ofSeconds(1)))
                .isEqualTo(new PlayDecision.Refused(new Playing.Refusal.InputRefused(
                        List.of(new FieldViolation("payload.call", "is sideways, expected one of [higher, lower]")))));
    }

    @Test
    void its_configuration_is_refused_by_its_fields() {
        Shaping shaping = shapes.shape(parts(), new Document(Map.of("cards", 2)), Document.of("max_ms", 1));

        assertThat(((Shaping.ConfigurationRefused) shaping).violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder(
                        "handler_config.cards", "handler_config.prize_id", "validator_config.max_ms");
    }

    @Test
    void its_schemas_are_published_beside_the_others() {
        assertThat(shapes.handlerConfigSchema(parts()).orElseThrow().values())
                .containsEntry("required", List.of("prize_id"))
                .containsEntry("additionalProperties", false);
        assertThat(shapes.seedGenerators()).contains("high_low", "none");
        assertThat(shapes.validators()).contains("high_low", "basic");
    }

    @Test
    void it_can_be_simulated() {
        var question = new Question(game, Map.of(MUG.id(), MUG), Map.of(), Map.of(), Crowd.of(10_000, NOON));

        Forecast forecast = Simulating.simulate(question, 1);

        // Of 13 cards the next one is another in 12 of 13 cases, and half the calls are right then.
        assertThat(forecast.winRate()).isBetween(0.44, 0.48);
    }

    @Test
    void the_page_shows_what_this_test_runs() throws IOException {
        String source = plain(Files.readString(SOURCE));

        List<String> shown = JAVA.matcher(Files.readString(PAGE))
                .results()
                .map(block -> plain(block.group(1)))
                .toList();

        assertThat(shown).hasSize(4).allSatisfy(block -> assertThat(source).contains(block));
    }

    private static long number(Document document, String name) {
        return (Long) requireNonNull(document.values().get(name));
    }

    private static String plain(String code) {
        return code.replaceAll("\\s+", " ").strip();
    }

    private Session start(int number) {
        var session = new SessionId("sess_" + number);
        var seed = new ServerSeed("%064x".formatted(number));
        return ((StartDecision.Started) Starting.start(game, ADA, session, seed, "", NOON)).session();
    }

    private PlayDecision play(Session session, String call, Duration after) {
        return Playing.play(
                new PlayRequest(
                        game,
                        ADA,
                        session,
                        Document.of("call", call),
                        "",
                        Allowance.FULL,
                        Map.of(MUG.id(), MUG),
                        new PlayId("play_1")),
                NOON.plus(after));
    }

    private static PartNames parts() {
        return new PartNames("high_low", "high_low", "high_low");
    }

    private Game game(Document handlerConfig) {
        Shaping shaping = shapes.shape(parts(), handlerConfig, Document.empty());
        return new Game(
                new GameId("game_cards"),
                ACME,
                null,
                null,
                "Higher or lower",
                "high_low",
                GameStatus.ACTIVE,
                GameRules.NONE,
                ((Shaping.Shaped) shaping).shape(),
                OnUnavailable.NO_WIN,
                WalletScope.TENANT,
                1);
    }
}
