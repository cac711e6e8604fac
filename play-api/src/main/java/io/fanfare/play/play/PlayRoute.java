package io.fanfare.play.play;

import static java.util.Objects.requireNonNullElse;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.caller.TrustSettings;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.config.Document;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.play.Session;
import io.fanfare.engine.play.SessionId;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.play.GamePlay.PlayOutcome;
import io.fanfare.play.play.GamePlay.PlayWish;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Plays a session. */
@Tag(name = "play")
@RestController
final class PlayRoute {

    static final int MAX_CLIENT_SEED = 200;

    private final GamePlay gamePlay;
    private final OpenSessions sessions;
    private final boolean sessionAloneSuffices;

    PlayRoute(GamePlay gamePlay, OpenSessions sessions, TrustSettings trust) {
        this.gamePlay = gamePlay;
        this.sessions = sessions;
        this.sessionAloneSuffices = trust.devMode();
    }

    /**
     * What a player sends.
     *
     * @param payload what the player did, in the words of the game's shape
     * @param clientSeed what the player adds to the draws
     */
    record PlayBody(
            @Nullable String sessionId,
            @Nullable Document payload,
            @Nullable String clientSeed) {

        /** A session id that cannot be one is an unknown session, no malformed request. */
        @Nullable
        SessionId session() {
            return sessionId != null && OpaqueId.isValid(sessionId) ? new SessionId(sessionId) : null;
        }

        void check() {
            var violations = new Violations();
            violations.text("session_id", sessionId, Integer.MAX_VALUE);
            violations.optionalText("client_seed", clientSeed, MAX_CLIENT_SEED);
            violations.refuseAny();
        }
    }

    /** Who prefers to wait is told where the play stands by {@link RankingsFilter}. */
    @Parameter(
            name = WaitPreference.HEADER,
            in = ParameterIn.HEADER,
            description =
                    "wait=n (RFC 7240): waits up to n seconds, at most 5, to tell in metadata.rankings where the player"
                            + " stands with this play",
            schema = @Schema(type = "string"))
    @Allows(value = Role.PLAYER, guests = true)
    @PostMapping("/api/v1/games/{id}/play")
    Envelope<PlayAnswer> play(
            Caller caller, @PathVariable("id") GameId id, @RequestBody PlayBody body, RequestKey key) {
        body.check();
        Optional<Session> session =
                Optional.ofNullable(body.session()).flatMap(sessionId -> sessions.take(caller.tenant(), sessionId));
        var wish = new PlayWish(
                caller.tenant(),
                id,
                player(caller, session),
                caller.roles().contains(Role.PLAYER),
                session.orElse(null),
                requireNonNullElse(body.payload(), Document.empty()),
                requireNonNullElse(body.clientSeed(), ""));
        return switch (gamePlay.play(wish, key)) {
            case PlayOutcome.Played(PlayAnswer answer) -> Envelope.ok(answer);
            case PlayOutcome.AnsweredBefore(var answer) -> throw RequestKey.answeredBefore(answer);
            case PlayOutcome.Refusal(Refused refused) -> throw refused;
        };
    }

    /** In development mode a guest may leave the token at home: the session says who it is. */
    private PlayerId player(Caller caller, Optional<Session> session) {
        if (caller.player() != null || !sessionAloneSuffices) {
            return caller.requirePlayer();
        }
        return session.map(Session::player)
                .orElseThrow(() -> new Refused(Reason.SESSION_INVALID, "there is no such session"));
    }
}
