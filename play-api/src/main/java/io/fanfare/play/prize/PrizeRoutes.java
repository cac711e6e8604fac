package io.fanfare.play.prize;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Refused;
import io.fanfare.edge.error.Violations;
import io.fanfare.edge.paging.Page;
import io.fanfare.edge.paging.Paging;
import io.fanfare.edge.trace.TraceContext;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.play.Deletions;
import io.fanfare.play.Documents;
import io.fanfare.play.prize.PrizeView.StockView;
import io.fanfare.store.prize.CodeImport;
import io.fanfare.store.prize.PrizeRecord;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.Stock;
import io.fanfare.store.prize.StockChange;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Operators and their prizes. */
@Tag(name = "prizes")
@RestController
@RequestMapping("/api/v1/admin/prizes")
final class PrizeRoutes {

    private static final int MAX_REASON = 500;
    private static final int MAX_CODE = 255;
    private static final long MAX_DELTA = 1_000_000_000_000L;

    private final Prizes prizes;
    private final PlayablePrizes playable;
    private final Documents documents;

    PrizeRoutes(Prizes prizes, PlayablePrizes playable, Documents documents) {
        this.prizes = prizes;
        this.playable = playable;
        this.documents = documents;
    }

    /** @param delta units to put in, or below zero to take out */
    record StockBody(@Nullable Long delta, @Nullable String reason) {}

    record StockAnswer(PrizeId prizeId, @Nullable StockView stock) {}

    record CodesBody(@Nullable List<@Nullable String> codes) {}

    /** @param duplicates codes that were there already, or came twice */
    record CodesAnswer(int imported, int duplicates) {}

    record DeletedPrize(PrizeId prizeId, long deletedAt) {}

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    Envelope<PrizeView> create(Caller caller, @RequestBody PrizeBody body) {
        var wish = body.read(documents);
        var prize = prizes.create(
                caller.tenant(),
                wish.definition(),
                wish.stock(),
                TraceContext.current().traceparent());
        return Envelope.ok(PrizeView.of(prize, documents));
    }

    /** Replaces what the prize is by a new revision; its stock is what it was, and {@code stock} may be left out. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PutMapping("/{id}")
    Envelope<PrizeView> replace(Caller caller, @PathVariable("id") PrizeId id, @RequestBody PrizeBody body) {
        PrizeRecord current = prizes.find(caller.tenant(), id).orElseThrow(() -> Refused.notFound("prize", id));
        var wish = body.read(documents);
        if (body.stock() != null && !wish.stock().hasTotalOf(current.stock())) {
            throw Refused.invalid("stock.total", "is not what it was; POST /admin/prizes/{id}/stock changes it");
        }
        PrizeRecord replaced = prizes.replace(
                        caller.tenant(),
                        id,
                        wish.definition(),
                        TraceContext.current().traceparent())
                .orElseThrow(() -> Refused.notFound("prize", id));
        playable.forget(caller.tenant(), id);
        return Envelope.ok(PrizeView.of(replaced, documents));
    }

    /** Deletes a prize that nothing offers and nobody waits for: what was won of it stays. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @DeleteMapping("/{id}")
    Envelope<DeletedPrize> delete(Caller caller, @PathVariable("id") PrizeId id) {
        var deletion = prizes.delete(caller.tenant(), id, TraceContext.current().traceparent());
        return Envelope.ok(new DeletedPrize(id, Deletions.deletedAt(deletion, "prize", id)));
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/{id}")
    Envelope<PrizeView> one(Caller caller, @PathVariable("id") PrizeId id) {
        return prizes.find(caller.tenant(), id)
                .map(prize -> Envelope.ok(PrizeView.of(prize, documents)))
                .orElseThrow(() -> Refused.notFound("prize", id));
    }

    /** Newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<Page<PrizeView>> list(Caller caller, Paging paging) {
        var page = prizes.list(caller.tenant(), paging.after(PrizeId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), prize -> prize.id().value())
                        .map(prize -> PrizeView.of(prize, documents)));
    }

    /** How each prize is doing, newest first. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping("/summary")
    Envelope<Page<PrizeSummaryView>> summary(Caller caller, Paging paging) {
        var page = prizes.summarize(caller.tenant(), paging.after(PrizeId::new), paging.limit());
        return Envelope.ok(
                Page.of(page.items(), page.hasMore(), prize -> prize.id().value())
                        .map(PrizeSummaryView::of));
    }

    /** Puts units in or takes them out. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping("/{id}/stock")
    Envelope<StockAnswer> changeStock(Caller caller, @PathVariable("id") PrizeId id, @RequestBody StockBody body) {
        var violations = new Violations();
        long delta = violations.number("delta", body.delta(), -MAX_DELTA, MAX_DELTA);
        if (delta == 0) {
            violations.add("delta", "is missing or 0");
        }
        String reason = violations.text("reason", body.reason(), MAX_REASON);
        violations.refuseAny();
        return switch (prizes.changeStock(caller.tenant(), id, delta, reason)) {
            case StockChange.Changed(Stock.Limited stock) -> Envelope.ok(new StockAnswer(id, StockView.of(stock)));
            case StockChange.PrizeNotFound() -> throw Refused.notFound("prize", id);
            case StockChange.StockUnlimited() -> throw Refused.invalid("delta", "changes a stock that has no limit");
            case StockChange.BelowZero(long remaining) ->
                throw Refused.invalid("delta", "is %d, but only %d units are left".formatted(delta, remaining));
        };
    }

    /** Adds codes to the pool of a prize whose channel is voucher_code. */
    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @PostMapping("/{id}/codes")
    Envelope<CodesAnswer> importCodes(Caller caller, @PathVariable("id") PrizeId id, @RequestBody CodesBody body) {
        List<String> codes = readCodes(body);
        return switch (prizes.importCodes(caller.tenant(), id, codes)) {
            case CodeImport.Imported(int imported, int duplicates) ->
                Envelope.ok(new CodesAnswer(imported, duplicates));
            case CodeImport.PrizeNotFound() -> throw Refused.notFound("prize", id);
            case CodeImport.PrizeWithoutCodes() ->
                throw Refused.invalid(
                        "codes",
                        "are for a prize whose fulfillment.channel is voucher_code, and %s has another".formatted(id));
        };
    }

    private static List<String> readCodes(CodesBody body) {
        List<@Nullable String> codes = body.codes() == null ? List.of() : body.codes();
        if (codes.isEmpty()) {
            throw Refused.invalid("codes", "is missing or empty");
        }
        if (codes.size() > Prizes.MAX_CODES) {
            throw Refused.invalid(
                    "codes", "has %d items, expected at most %d".formatted(codes.size(), Prizes.MAX_CODES));
        }
        var violations = new Violations();
        List<String> read = IntStream.range(0, codes.size())
                .mapToObj(i -> violations.text("codes[%d]".formatted(i), codes.get(i), MAX_CODE))
                .toList();
        violations.refuseAny();
        return read;
    }
}
