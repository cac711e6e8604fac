package io.fanfare.outside;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.config.FieldViolation;
import io.fanfare.engine.config.Form;
import io.fanfare.engine.config.Kind;
import io.fanfare.engine.fairness.Draws;
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
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Starting;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.prize.AwardConstraints;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.RewardHandler;
import io.fanfare.engine.shape.Shapes;
import io.fanfare.engine.shape.Shapes.PartNames;
import io.fanfare.engine.shape.Shapes.Shaping;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How a shape is added: a handler, its form, one registration. Nothing of the engine changes. */
class AddingAShapeTest {

    private static final TenantId ACME = new TenantId("acme");
    private static final PlayerId ADA = new PlayerId("ada");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Prize MUG =
            new Prize(new PrizeId("mug"), ACME, "Mug", PrizeType.VOUCHER, null, 900, AwardConstraints.NONE, false, 1);

    /** Heads or tails: who calls the coin wins. */
    private record CoinToss(PrizeId prize) implements RewardHandler {

        private static final Form<CoinToss> FORM = Form.of("a coin is tossed", lines -> {
            var prize = lines.required("prize_id", Kind.id(), "what the right call wins");
            return filled -> new CoinToss(new PrizeId(filled.get(prize)));
        });

        private static final Form<String> INPUT = Form.of("the call", lines -> {
            var call = lines.required("call", Kind.word(Map.of("heads", "heads", "tails", "tails")), "heads or tails");
            return filled -> filled.get(call);
        });

        @Override
        public Set<String> inputFields() {
            return INPUT.names();
        }

        @Override
        public Set<PrizeId> prizes() {
            return Set.of(prize);
        }

        @Override
        public Result decide(Attempt attempt, Draws draws) {
            String call = INPUT.readPart("payload", attempt.input());
            String side = draws.below(2) == 0 ? "heads" : "tails";
            return new Result(side.equals(call) ? List.of(Win.of(prize)) : List.of(), Document.of("side", side), null);
        }
    }

    private static final PartNames PARTS = new PartNames("none", "basic", "coin_toss");

    private final Shapes shapes =
            Shapes.withBuiltIn().rewardHandler("coin_toss", CoinToss.FORM).build();

    @Test
    void a_game_of_the_new_shape_is_played_like_any_other() {
        Game coin = game(shapes.shape(PARTS, Document.of("prize_id", "mug"), Document.empty()));

        List<Boolean> won = List.of("heads", "tails").stream()
                .map(call -> play(coin, Document.of("call", call)))
                .map(decision -> ((PlayDecision.Decided) decision).play())
                .map(play -> !play.awards().isEmpty())
                .toList();

        assertThat(won).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void its_configuration_and_its_input_are_refused_by_name() {
        Shaping shaping = shapes.shape(PARTS, Document.of("price_id", "mug"), Document.empty());
        Game coin = game(shapes.shape(PARTS, Document.of("prize_id", "mug"), Document.empty()));

        PlayDecision decision = play(coin, Document.of("call", "edge"));

        assertThat(((Shaping.ConfigurationRefused) shaping).violations())
                .extracting(FieldViolation::field)
                .containsExactlyInAnyOrder("handler_config.prize_id", "handler_config.price_id");
        assertThat(decision)
                .isEqualTo(new PlayDecision.Refused(new Playing.Refusal.InputRefused(
                        List.of(new FieldViolation("payload.call", "is edge, expected one of [heads, tails]")))));
    }

    @Test
    void its_schema_is_published_beside_the_others() {
        assertThat(shapes.rewardHandlers()).contains("coin_toss", "probability");
        assertThat(shapes.rewardHandlerSchema("coin_toss").orElseThrow().values())
                .containsEntry("required", List.of("prize_id"));
    }

    private static PlayDecision play(Game game, Document input) {
        var started = (StartDecision.Started)
                Starting.start(game, ADA, new SessionId("sess_1"), new ServerSeed("0".repeat(64)), "", NOON);
        return Playing.play(
                new PlayRequest(
                        game,
                        ADA,
                        started.session(),
                        input,
                        "",
                        Allowance.FULL,
                        Map.of(MUG.id(), MUG),
                        new PlayId("play_1")),
                NOON);
    }

    private static Game game(Shaping shaping) {
        return new Game(
                new GameId("game_coin"),
                ACME,
                null,
                null,
                "Coin",
                "coin_toss",
                GameStatus.ACTIVE,
                GameRules.NONE,
                ((Shaping.Shaped) shaping).shape(),
                OnUnavailable.NO_WIN,
                WalletScope.TENANT,
                1);
    }
}
