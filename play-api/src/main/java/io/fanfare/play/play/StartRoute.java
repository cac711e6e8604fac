package io.fanfare.play.play;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.caller.Tokens;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.anticheat.Guard;
import io.fanfare.engine.anticheat.SessionSecret;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.FairnessProof;
import io.fanfare.engine.fairness.ServerSeed;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.engine.play.PendingStart;
import io.fanfare.engine.play.PlayLedger;
import io.fanfare.engine.play.PlayLedger.Opening;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.play.Starting;
import io.fanfare.engine.play.Starting.StartDecision;
import io.fanfare.play.Times;
import io.fanfare.play.game.PlayableGames;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.identity.Ids;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Opens a session. */
@Tag(name = "play")
@RestController
final class StartRoute {

    private static final Duration GUEST_TOKEN_VALID_FOR = Duration.ofHours(24);

    private final PlayableGames games;
    private final PlayLedger ledger;
    private final OpenSessions sessions;
    private final Ids ids;
    private final Tokens tokens;
    private final Clock clock;
    private final JsonMapper json;
    private final SecureRandom chance = new SecureRandom();

    StartRoute(
            PlayableGames games,
            PlayLedger ledger,
            OpenSessions sessions,
            Ids ids,
            Tokens tokens,
            Clock clock,
            JsonMapper json) {
        this.games = games;
        this.ledger = ledger;
        this.sessions = sessions;
        this.ids = ids;
        this.tokens = tokens;
        this.clock = clock;
        this.json = json;
    }

    /**
     * What a player sends.
     *
     * @param clientSeed what the player adds to the draws of games that draw at start
     * @param userId known and ignored: who plays is a matter of credentials
     */
    record StartBody(@Nullable String clientSeed, @Nullable String userId) {

        static final StartBody EMPTY = new StartBody(null, null);

        String readClientSeed() {
            var violations = new Violations();
            String seed = violations.optionalText("client_seed", clientSeed, PlayRoute.MAX_CLIENT_SEED);
            violations.refuseAny();
            return requireNonNullElse(seed, "");
        }
    }

    /**
     * @param serverSeedHash SHA-256 of the secret behind the draws; the play reveals it
     * @param oddsHash HMAC-SHA256(that secret, the table of odds): it cannot have been another one afterwards. Null for games
     *     whose configuration holds answers or winning moments
     */
    record StartFairness(String serverSeedHash, @Nullable String oddsHash) {}

    /**
     * What a strict game asks of the play: a payload with {@code replay}, what was done event by event, and {@code signature}.
     *
     * @param secret the signature is the hexadecimal HMAC-SHA256 with it of session id, line feed and canonical payload without
     *     the signature
     * @param minSpacingMs between two events, at least
     * @param pointsPerEvent what each event adds to the claim
     */
    record ReplayTerms(String secret, long minSpacingMs, long pointsPerEvent) {}

    /**
     * An open session.
     *
     * @param seedData what was dealt; empty for games that deal nothing
     * @param replay null where the game is not strict
     * @param guestToken for who came without a player's identity: to be sent as Bearer with the play
     */
    record StartAnswer(
            SessionId sessionId,
            Document seedData,
            long expiresAt,
            StartFairness fairness,
            @Nullable ReplayTerms replay,
            @Nullable String guestToken) {}

    /**
     * Without a player's identity a guest is made, where the game does not ask for a login. That answer is kept under no
     * idempotency key: guests share theirs, and it holds the guest's token. Asking twice makes two guests, and nothing else.
     */
    @Allows(value = Role.PLAYER, guests = true)
    @PostMapping("/api/v1/games/{id}/start")
    Envelope<StartAnswer> start(
            Caller caller,
            @PathVariable("id") GameId id,
            @RequestBody(required = false) @Nullable StartBody body,
            RequestKey key) {
        String clientSeed = requireNonNullElse(body, StartBody.EMPTY).readClientSeed();
        Game game = games.require(caller.tenant(), id);
        if (!caller.roles().contains(Role.PLAYER)) {
            requireNoLogin(game);
        }
        PlayerId player = caller.player();
        if (player == null) {
            key.leaveUnkept();
            PlayerId guest = new PlayerId(ids.mint("player_"));
            String token = tokens.mint(Caller.guest(caller.tenant(), caller.merchant(), guest), GUEST_TOKEN_VALID_FOR);
            return open(game, started(game, guest, clientSeed), token, key);
        }
        return open(game, started(game, player, clientSeed), null, key);
    }

    private static void requireNoLogin(Game game) {
        if (game.requiresLogin()) {
            throw new Refused(Reason.UNAUTHENTICATED, "this game is for players who are logged in");
        }
    }

    private Session started(Game game, PlayerId player, String clientSeed) {
        var now = UtcTimes.toMillis(clock.instant());
        return switch (Starting.start(game, player, ids.session(), serverSeed(), clientSeed, now)) {
            case StartDecision.Started(Session session) -> session;
            case StartDecision.GameNotActive() ->
                throw new Refused(Reason.GAME_NOT_ACTIVE, "the game cannot be played now");
        };
    }

    private Envelope<StartAnswer> open(Game game, Session session, @Nullable String guestToken, RequestKey key) {
        Envelope<StartAnswer> answer = Envelope.ok(answer(game, session, guestToken));
        IdempotencyClaim claim = key.takeClaim();
        var start = new PendingStart(
                session, claim, claim == null ? null : new KeptAnswer(200, json.writeValueAsString(answer)));
        return switch (ledger.open(List.of(start)).getFirst()) {
            case Opening.Opened() -> {
                sessions.remember(session);
                yield answer;
            }
            case Opening.AnsweredBefore(KeptAnswer before) -> throw RequestKey.answeredBefore(before);
            case Opening.KeyReused() ->
                throw new Refused(Reason.IDEMPOTENCY_KEY_REUSED, "the key was used for another request before");
            case Opening.Failed(RuntimeException why) -> throw why;
        };
    }

    private ServerSeed serverSeed() {
        byte[] secret = new byte[32];
        chance.nextBytes(secret);
        return new ServerSeed(HexFormat.of().formatHex(secret));
    }

    private static StartAnswer answer(Game game, Session session, @Nullable String guestToken) {
        ServerSeed seed = session.serverSeed();
        return new StartAnswer(
                session.id(),
                session.seed(),
                Times.seconds(session.expiresAt()),
                new StartFairness(
                        seed.hash(),
                        game.shape()
                                .committedOdds()
                                .map(odds -> FairnessProof.oddsCommitment(seed, odds))
                                .orElse(null)),
                replayTerms(game.shape().guard(), session),
                guestToken);
    }

    private static @Nullable ReplayTerms replayTerms(Guard guard, Session session) {
        return switch (guard.level()) {
            case NONE, BASIC -> null;
            case STRICT ->
                new ReplayTerms(
                        SessionSecret.of(session.serverSeed(), session.id().value())
                                .value(),
                        guard.minSpacingMs(),
                        guard.pointsPerEvent());
        };
    }
}
