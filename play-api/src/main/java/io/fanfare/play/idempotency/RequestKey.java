package io.fanfare.play.idempotency;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of the request at hand. The answer is kept under it when the request is over; a change that keeps the
 * answer itself, in its transaction, takes the claim. Controllers take it as an argument.
 */
public final class RequestKey {

    private static final String ATTRIBUTE = RequestKey.class.getName();

    private final @Nullable IdempotencyClaim claim;
    private boolean claimTaken;
    private boolean leftUnkept;

    /** @param claim null where the request came without a key */
    RequestKey(@Nullable IdempotencyClaim claim) {
        this.claim = claim;
    }

    static RequestKey of(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof RequestKey key ? key : new RequestKey(null);
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, this);
    }

    /** For who keeps a good answer together with the change that it answers for; null where there is no key. */
    public @Nullable IdempotencyClaim takeClaim() {
        claimTaken = true;
        return claim;
    }

    /** For who remembers which request began something; the answer is kept under it all the same. Null where there is no key. */
    public @Nullable IdempotencyClaim claim() {
        return claim;
    }

    /** For an answer that is no final one, or a secret of one caller where the key may be one that others use as well. */
    public void leaveUnkept() {
        leftUnkept = true;
    }

    boolean isLeftUnkept() {
        return leftUnkept;
    }

    boolean isKeptWithTheChange() {
        return claimTaken;
    }

    /** The request was answered before, as somebody found out late: ends it with that answer. */
    public static AnsweredBefore answeredBefore(KeptAnswer answer) {
        return new AnsweredBefore(answer);
    }

    /** The key stands for another request. */
    static Refused reused() {
        return new Refused(Reason.IDEMPOTENCY_KEY_REUSED, "the key was used for another request before");
    }

    /** Ends a request with the answer that was given before. */
    public static final class AnsweredBefore extends RuntimeException {

        // Answers live as long as the request; nobody serialises this.
        private final transient KeptAnswer answer;

        private AnsweredBefore(KeptAnswer answer) {
            super("the request was answered before", null, false, false);
            this.answer = answer;
        }

        KeptAnswer answer() {
            return answer;
        }
    }
}
