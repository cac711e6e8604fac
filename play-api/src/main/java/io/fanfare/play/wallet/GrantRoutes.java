package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;
import static io.fanfare.edge.caller.Role.SUPPORT;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.play.Times;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.GrantLine;
import io.fanfare.store.wallet.Grants;
import io.fanfare.store.wallet.Grants.LineStatus;
import io.fanfare.store.wallet.Grants.Progress;
import io.fanfare.store.wallet.WalletActions;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Grants to many players at once, from a table; see docs/grants.md. */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets/grants")
final class GrantRoutes {

    private final Grants grants;
    private final GrantRunner runner;
    private final Ids ids;

    GrantRoutes(Grants grants, GrantRunner runner, Ids ids) {
        this.grants = grants;
        this.runner = runner;
        this.ids = ids;
    }

    /**
     * How far a grant is.
     *
     * @param status running, or done: every line has come to its end
     * @param lines in the table, without the heading
     * @param waiting lines that are not asked of their wallets yet
     * @param undecided lines that their wallets have not answered yet
     * @param granted lines whose amounts are there
     * @param known lines whose {@code ref} was granted before
     * @param refused lines that their wallets refused, or whose {@code ref} was refused before
     * @param invalid lines that make no sense
     */
    record GrantView(
            String grantId,
            String status,
            String reason,
            String who,
            long lines,
            long waiting,
            long undecided,
            long granted,
            long known,
            long refused,
            long invalid,
            long createdAt) {

        static GrantView of(Progress progress) {
            return new GrantView(
                    progress.id(),
                    progress.isDone() ? "done" : "running",
                    progress.reason(),
                    progress.who(),
                    progress.lines(),
                    progress.waiting(),
                    progress.undecided(),
                    progress.posted(),
                    progress.known(),
                    progress.refused(),
                    progress.invalid(),
                    Times.seconds(progress.createdAt()));
        }
    }

    /**
     * A line of the table.
     *
     * @param line its number, the heading being the first
     * @param status waiting, given (not answered yet), granted, known, refused or invalid
     * @param error why it is not granted; null where it is, or may be
     */
    record LineView(
            int line,
            @Nullable String playerId,
            @Nullable String scopeKey,
            @Nullable String currency,
            @Nullable Long amount,
            String status,
            @Nullable String error,
            @Nullable UUID commandId) {

        static LineView of(LineStatus line) {
            return new LineView(
                    line.line(),
                    line.player(),
                    line.scope(),
                    line.currency(),
                    line.amount(),
                    line.status().equals("posted") ? "granted" : line.status(),
                    line.error(),
                    line.command());
        }
    }

    /**
     * Takes a table and grants it line by line, in the background.
     *
     * @param reason mandatory
     * @param cause the same cause is one grant, however often it is sent; without one each call is a grant of its own
     * @param table columns player_id, scope_key, currency, amount, and perhaps expires_at (unix seconds) and ref
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @ApiResponse(responseCode = "202", description = "it runs; Location says how far it is")
    @PostMapping(consumes = "text/csv")
    ResponseEntity<Envelope<GrantView>> begin(
            Caller caller,
            @RequestParam(name = "reason", required = false) @Nullable String reason,
            @RequestParam(name = "cause", required = false) @Nullable String cause,
            @RequestBody String table) {
        var violations = new Violations();
        String why = violations.text("reason", reason, WalletActions.MAX_REASON);
        if (cause != null && !OpaqueId.isValid(cause)) {
            violations.add("cause", "is '%s', expected 1 to 100 letters, digits, '_', '-' or '.'".formatted(cause));
        }
        violations.refuseAny();
        List<GrantLine> lines = lines(table);
        String id = cause == null ? ids.mint("grant_") : grantOf(caller, cause);
        String hash = Ids.derivedFrom(table).toString();
        var wish = new Grants.Wish(caller.tenant(), id, hash, why, caller.who(), lines);
        if (!grants.begin(wish)) {
            throw WalletAsking.reused();
        }
        runner.wake();
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/admin/wallets/grants/" + id))
                .body(Envelope.ok(require(caller, id)));
    }

    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/{id}")
    Envelope<GrantView> one(Caller caller, @PathVariable("id") String id) {
        return Envelope.ok(require(caller, id));
    }

    /**
     * The lines, in their order.
     *
     * @param failed whether to show those alone that are not granted and will not be
     */
    @Allows({ADMIN, REWARD_MANAGER, SUPPORT})
    @GetMapping("/{id}/lines")
    Envelope<Page<LineView>> lines(
            Caller caller,
            @PathVariable("id") String id,
            @RequestParam(name = "failed", defaultValue = "false") boolean failed,
            Paging paging) {
        require(caller, id);
        Integer after = paging.after(Integer::valueOf);
        List<LineStatus> found =
                grants.lines(caller.tenant(), id, failed, after == null ? 0 : after, paging.limitPlusOne());
        return Envelope.ok(
                Page.of(found, paging, line -> Integer.toString(line.line())).map(LineView::of));
    }

    private static List<GrantLine> lines(String table) {
        try {
            List<GrantLine> lines = GrantCsv.read(table);
            if (lines.isEmpty() || lines.size() > Grants.MAX_LINES) {
                throw Refused.invalid(
                        "table", "has %d lines, expected 1 to %d".formatted(lines.size(), Grants.MAX_LINES));
            }
            return lines;
        } catch (IllegalArgumentException e) {
            throw Refused.invalid("table", String.valueOf(e.getMessage()));
        }
    }

    private static String grantOf(Caller caller, String cause) {
        UUID id = Ids.derivedFrom("wallet-grant:%s/%s".formatted(caller.tenant(), cause));
        return "grant_" + id.toString().replace("-", "");
    }

    private GrantView require(Caller caller, String id) {
        return grants.find(caller.tenant(), id).map(GrantView::of).orElseThrow(() -> Refused.notFound("grant", id));
    }
}
