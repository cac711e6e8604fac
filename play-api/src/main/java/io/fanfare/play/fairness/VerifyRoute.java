package io.fanfare.play.fairness;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Public;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.config.CanonicalText;
import io.fanfare.engine.fairness.FairnessProof;
import io.fanfare.engine.fairness.FairnessProof.Finding;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.play.audit.PlayAudit;
import io.fanfare.play.audit.PlayAudit.AuditedPlay;
import io.fanfare.play.fairness.VerifyBody.Claim;
import io.fanfare.play.relay.NothingToPublish;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/**
 * Recomputes draws for who does not want to do it. Everything but the question about a record can be computed anywhere else:
 * docs/fairness.md says how.
 */
@Tag(name = "fairness")
@RestController
final class VerifyRoute {

    private final PlayAudit audit;

    VerifyRoute(PlayAudit audit) {
        this.audit = audit;
    }

    /** Whether the record of a play follows from the draws. */
    enum Outcome {
        FOLLOWS,
        DIFFERS,
        /** There is no such play, or it is of another session or seed. */
        UNKNOWN;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param seedMatches whether the revealed seed is the one that was committed to
     * @param hashOfServerSeed SHA-256 of the revealed seed
     * @param draws none where the seed is another one
     * @param oddsHash of the table that was sent; null where none was
     * @param play follows, differs or unknown; null where no play was named
     */
    record Verification(
            boolean seedMatches,
            String hashOfServerSeed,
            List<Double> draws,
            @Nullable String oddsHash,
            @Nullable String play) {}

    @Public
    @SecurityRequirements
    @NothingToPublish
    @PostMapping("/api/v1/fairness/verify")
    Envelope<Verification> verify(@Nullable Caller caller, @RequestBody VerifyBody body) {
        Claim claim = body.read();
        Finding finding = FairnessProof.check(
                claim.hash(), claim.seed(), claim.clientSeed(), claim.session().value(), claim.from(), claim.draws());
        return Envelope.ok(
                switch (finding) {
                    case Finding.AnotherSeed(String hash) ->
                        new Verification(false, hash, List.of(), commitment(body, claim), play(caller, body, claim));
                    case Finding.Proven(List<Double> draws) ->
                        new Verification(true, claim.hash(), draws, commitment(body, claim), play(caller, body, claim));
                });
    }

    private static @Nullable String commitment(VerifyBody body, Claim claim) {
        return body.odds() == null ? null : FairnessProof.oddsCommitment(claim.seed(), CanonicalText.of(body.odds()));
    }

    private @Nullable String play(@Nullable Caller caller, VerifyBody body, Claim claim) {
        PlayId play = body.playId();
        return play == null
                ? null
                : outcome(tenant(caller, body.tenantId()), play, claim).word();
    }

    /** Whoever asks shows the seed, which only who was told of the play knows. */
    private Outcome outcome(TenantId tenant, PlayId play, Claim claim) {
        return audit.find(tenant, play)
                .filter(found -> isOf(found, claim))
                .map(audit::replay)
                .map(replayed -> replayed.matches() ? Outcome.FOLLOWS : Outcome.DIFFERS)
                .orElse(Outcome.UNKNOWN);
    }

    private static boolean isOf(AuditedPlay found, Claim claim) {
        return found.session().id().equals(claim.session())
                && found.session().serverSeed().equals(claim.seed())
                && found.record().clientSeed().equals(claim.clientSeed());
    }

    private static TenantId tenant(@Nullable Caller caller, @Nullable TenantId named) {
        if (caller != null) {
            return caller.tenant();
        }
        if (named == null) {
            throw Refused.invalid("tenant_id", "is missing: whose play it is, where no credentials say so");
        }
        return named;
    }
}
