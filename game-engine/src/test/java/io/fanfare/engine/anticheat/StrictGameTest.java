package io.fanfare.engine.anticheat;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.campaign.WalletScope;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.game.GameRules;
import io.fanfare.engine.game.GameStatus;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.memory.InMemoryPlayLedger;
import io.fanfare.engine.play.Allowance;
import io.fanfare.engine.play.PlayCounts;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.Playing;
import io.fanfare.engine.play.Playing.PlayDecision;
import io.fanfare.engine.play.Playing.PlayRequest;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Starting;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.engine.play.Wheel;
import io.fanfare.engine.shape.Configured;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StrictGameTest {

    private static final Map<String, Object> TIERS = Map.of(
            "tiers", List.of(Map.of("min", 0, "max", 1_000, "prize_group", "all")),
            "prize_groups", Map.of("all", List.of()));
    private static final Map<String, Object> STRICT =
            Map.of("level", "strict", "replay_min_spacing_ms", 100, "replay_points_per_event", 10);
    private static final Instant END = Wheel.NOON.plusSeconds(5);

    private final Game strict = game(STRICT);
    private final Session session = session(strict);

    @Test
    void a_signed_replay_that_adds_up_is_believed() {
        assertThat(play(strict, signed(20, "900,1;100,2"))).isInstanceOf(PlayDecision.Decided.class);
        assertThat(play(strict, signed(0, ""))).isInstanceOf(PlayDecision.Decided.class);
    }

    @Test
    void a_replay_that_does_not_add_up_or_is_too_fast_or_too_long_is_cheating() {
        assertThat(why(signed(30, "900,1;100,2"))).contains("does not add up");
        assertThat(why(signed(20, "900,1;99,2"))).contains("closer than can be");
        assertThat(why(signed(20, "900,1;4351,2"))).contains("longer than since the start");
    }

    @Test
    void a_payload_that_was_changed_after_signing_is_cheating() {
        Map<String, Object> payload = new HashMap<>(signed(20, "900,1;100,2"));
        payload.put("replay", "900,1;200,2");

        assertThat(why(payload)).contains("signature");
    }

    @Test
    void the_secret_of_another_session_signs_nothing() {
        var other = SessionSecret.of(session.serverSeed(), "sess_other");
        Map<String, Object> payload = new HashMap<>(Map.of("score", 0, "replay", ""));
        payload.put("signature", other.sign(session.id().value(), Configured.document(payload)));

        assertThat(why(payload)).contains("signature");
    }

    @Test
    void without_its_evidence_a_claim_is_refused_by_field() {
        PlayDecision decision = play(strict, Map.of("score", 20));

        assertThat(decision)
                .isInstanceOfSatisfying(
                        PlayDecision.Refused.class,
                        refused ->
                                assertThat(refused.why().toString()).contains("payload.replay", "payload.signature"));
    }

    @Test
    void a_game_that_does_not_look_takes_what_it_is_told() {
        Game trusting = game(Map.of("level", "none", "max_score", 10));

        assertThat(play(trusting, Map.of("score", 999, "duration_ms", 9_999_999)))
                .isInstanceOf(PlayDecision.Decided.class);
    }

    @Test
    void only_what_can_be_replayed_can_be_strict() {
        Map<String, Object> wheel = Map.of("prizes", List.of(Map.of("prize_id", "", "probability", 1)));

        assertThat(Configured.refused("spin_wheel", wheel, Map.of("level", "strict")))
                .containsExactly("validator_config.level");
    }

    @Test
    void a_player_who_is_caught_burns_the_session_and_no_turn() {
        var ledger = new InMemoryPlayLedger();
        ledger.open(session);
        var caught = (PlayDecision.Caught) play(strict, signed(30, "900,1"));

        boolean burnt = ledger.burn(caught.play(), null);
        boolean again = ledger.burn(caught.play(), null);

        assertThat(List.of(burnt, again)).containsExactly(true, false);
        assertThat(ledger.session(Wheel.ACME, session.id()).orElseThrow().consumedAt())
                .isEqualTo(END);
        assertThat(ledger.counts(Wheel.ACME, strict.id(), Wheel.ADA, END)).isEqualTo(PlayCounts.NONE);
        assertThat(ledger.caught())
                .singleElement()
                .satisfies(kept -> assertThat(kept.verdict().facts()).containsEntry("replayed", "10"));
    }

    @Test
    void a_replay_reads_back_as_it_was_written() {
        var replay = new Replay(List.of(new Replay.Event(900, 12), new Replay.Event(1_250, -4)));

        assertThat(replay.text()).isEqualTo("900,12;350,-4");
        assertThat(Replay.parse(replay.text())).contains(replay);
        assertThat(List.of("900", "900,", "1,2;", "-1,2", "1,2,3", "1.5,2"))
                .allSatisfy(text -> assertThat(Replay.parse(text)).isEqualTo(Optional.empty()));
    }

    private Map<String, Object> signed(long score, String replay) {
        Map<String, Object> payload = new HashMap<>(Map.of("score", score, "replay", replay));
        var secret = SessionSecret.of(session.serverSeed(), session.id().value());
        payload.put("signature", secret.sign(session.id().value(), Configured.document(payload)));
        return payload;
    }

    private String why(Map<String, Object> payload) {
        PlayDecision decision = play(strict, payload);
        assertThat(decision).isInstanceOf(PlayDecision.Caught.class);
        return ((PlayDecision.Caught) decision).play().verdict().why();
    }

    private PlayDecision play(Game game, Map<String, Object> payload) {
        var request = new PlayRequest(
                game,
                Wheel.ADA,
                session,
                Configured.document(payload),
                "",
                Allowance.FULL,
                Map.of(),
                new PlayId("play_1"));
        return Playing.play(request, END);
    }

    private static Session session(Game game) {
        var started = (StartDecision.Started) Starting.start(
                game, Wheel.ADA, new SessionId("sess_1"), new ServerSeed("a".repeat(64)), "", Wheel.NOON);
        assertThat(started.session().seed()).isEqualTo(Document.empty());
        return started.session();
    }

    private static Game game(Map<String, Object> validatorConfig) {
        return new Game(
                new GameId("game_eggs"),
                Wheel.ACME,
                null,
                null,
                "Eggs",
                "egg_catcher",
                GameStatus.ACTIVE,
                GameRules.NONE,
                Configured.shape("egg_catcher", TIERS, validatorConfig),
                OnUnavailable.NO_WIN,
                WalletScope.TENANT,
                1);
    }
}
