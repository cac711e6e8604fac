package io.fanfare.play.idempotency;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.IdempotencyClaim;
import io.fanfare.engine.play.KeptAnswer;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.idempotency.Idempotency;
import io.fanfare.store.idempotency.Idempotency.Lookup;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps a good answer to a player in the transaction of the change that it answers for: after a crash both are there, or neither.
 */
@Component
public final class AnswerKeeping {

    private final Idempotency idempotency;
    private final JsonMapper json;

    AnswerKeeping(Idempotency idempotency, JsonMapper json) {
        this.idempotency = idempotency;
        this.json = json;
    }

    /**
     * To be called in the transaction of the change. Ends the request, and with it the change, where the key has got another answer in
     * the meantime; does nothing where the request came without a key.
     */
    public void keep(TenantId tenant, PlayerId player, RequestKey key, Envelope<?> answer) {
        IdempotencyClaim claim = key.takeClaim();
        if (claim == null) {
            return;
        }
        var kept = new KeptAnswer(200, json.writeValueAsString(answer));
        switch (idempotency.keep(CallerKey.ofPlayer(tenant, player, claim.key()), claim.requestHash(), kept)) {
            case Lookup.Answered(KeptAnswer before) when before.equals(kept) -> {}
            case Lookup.Answered(KeptAnswer before) -> throw RequestKey.answeredBefore(before);
            case Lookup.Reused() -> throw RequestKey.reused();
            case Lookup.Unused() -> throw new IllegalStateException("an answer was kept and is not there");
        }
    }
}
