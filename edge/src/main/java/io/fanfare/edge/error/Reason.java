package io.fanfare.edge.error;

import static io.fanfare.edge.error.Reason.RpcCode.ABORTED;
import static io.fanfare.edge.error.Reason.RpcCode.FAILED_PRECONDITION;
import static io.fanfare.edge.error.Reason.RpcCode.INVALID_ARGUMENT;
import static io.fanfare.edge.error.Reason.RpcCode.NOT_FOUND;
import static io.fanfare.edge.error.Reason.RpcCode.RESOURCE_EXHAUSTED;
import static io.fanfare.edge.error.Reason.RpcCode.UNIMPLEMENTED;

/**
 * Why a request is refused: the stable, machine-readable name of every error of the API. {@code docs/errors.md} is generated
 * from here.
 */
public enum Reason {
    VALIDATION_FAILED(INVALID_ARGUMENT, 400, "The request is malformed; `field_violations` names the fields."),
    CHEAT_DETECTED(INVALID_ARGUMENT, 400, "What was claimed cannot be true; `metadata` says what gave it away."),
    UNAUTHENTICATED(RpcCode.UNAUTHENTICATED, 401, "No credentials came with the request, or they do not hold."),
    PERMISSION_DENIED(RpcCode.PERMISSION_DENIED, 403, "The caller's roles do not allow this route."),
    RESOURCE_NOT_FOUND(NOT_FOUND, 404, "There is no such thing, or it belongs to somebody else."),
    SESSION_EXPIRED(FAILED_PRECONDITION, 400, "The session was not played in time; start again."),
    SESSION_CONSUMED(FAILED_PRECONDITION, 400, "The session was played already; start again."),
    SESSION_INVALID(FAILED_PRECONDITION, 400, "The session is unknown, or of another game or player."),
    OUT_OF_TURNS(FAILED_PRECONDITION, 400, "The player has no plays left, now or for ever; eligibility says which."),
    GAME_NOT_ACTIVE(FAILED_PRECONDITION, 400, "The game cannot be played now: its status or its dates forbid it."),
    RESOURCE_IN_USE(
            FAILED_PRECONDITION,
            400,
            "It cannot be deleted yet: it is active, or others need it; `metadata` says which."),
    REWARD_INVALID_STATE(FAILED_PRECONDITION, 400, "The reward is past the state that this step needs."),
    TASK_INVALID_STATE(FAILED_PRECONDITION, 400, "The task is not in a state that allows this step."),
    INSUFFICIENT_BALANCE(FAILED_PRECONDITION, 400, "The wallet holds less than is to be spent."),
    WALLET_REFUSED(
            FAILED_PRECONDITION,
            400,
            "The wallet cannot do this, for a reason other than its balance; `metadata.refusal` names it."),
    PRIZE_OUT_OF_STOCK(
            ABORTED, 409, "The prize is gone and the game says that the play then fails; nothing is consumed."),
    CONCURRENT_MODIFICATION(ABORTED, 409, "Somebody else changed it at the same time; read it again."),
    ALREADY_EXISTS(RpcCode.ALREADY_EXISTS, 409, "It exists already, or was done already."),
    REWARD_ALREADY_CLAIMED(RpcCode.ALREADY_EXISTS, 409, "The reward was claimed before."),
    CONTACT_CONFLICT(RpcCode.ALREADY_EXISTS, 409, "The contact belongs to another identity."),
    IDEMPOTENCY_KEY_REUSED(INVALID_ARGUMENT, 422, "The idempotency key was used for another request before."),
    PAYLOAD_TOO_LARGE(INVALID_ARGUMENT, 413, "The body is larger than the server takes."),
    UNSUPPORTED_MEDIA_TYPE(INVALID_ARGUMENT, 415, "The body is not of a media type that the route takes."),
    METHOD_NOT_ALLOWED(UNIMPLEMENTED, 405, "The route exists, but not for this method; see the header `Allow`."),
    RATE_LIMITED(RESOURCE_EXHAUSTED, 429, "Too many requests; wait as `Retry-After` says."),
    HANDLER_NOT_FOUND(RpcCode.INTERNAL, 500, "A game names a part that this server does not have."),
    INTERNAL(RpcCode.INTERNAL, 500, "A bug. The trace id finds it in the logs."),
    UNAVAILABLE(
            RpcCode.UNAVAILABLE,
            503,
            "Something the server needs does not answer, or it is too busy; wait as `Retry-After` says.");

    /** The canonical codes of google.rpc.Code that the API uses. */
    public enum RpcCode {
        INVALID_ARGUMENT(3),
        NOT_FOUND(5),
        ALREADY_EXISTS(6),
        PERMISSION_DENIED(7),
        RESOURCE_EXHAUSTED(8),
        FAILED_PRECONDITION(9),
        ABORTED(10),
        UNIMPLEMENTED(12),
        INTERNAL(13),
        UNAVAILABLE(14),
        UNAUTHENTICATED(16);

        private final int number;

        RpcCode(int number) {
            this.number = number;
        }

        public int number() {
            return number;
        }
    }

    private final RpcCode code;
    private final int httpStatus;
    private final String meaning;

    Reason(RpcCode code, int httpStatus, String meaning) {
        this.code = code;
        this.httpStatus = httpStatus;
        this.meaning = meaning;
    }

    public RpcCode code() {
        return code;
    }

    public int httpStatus() {
        return httpStatus;
    }

    /** One sentence for people who meet it, in Markdown. */
    public String meaning() {
        return meaning;
    }

    /** Whether the fault is the server's, so that the same request may succeed later. */
    public boolean isOurs() {
        return httpStatus >= 500;
    }
}
