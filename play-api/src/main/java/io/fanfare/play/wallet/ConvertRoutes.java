package io.fanfare.play.wallet;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.wallet.Balance;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.ConversionPreview;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand.Convert;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.play.Times;
import io.fanfare.play.idempotency.RequestKey;
import io.fanfare.play.wallet.WalletAsking.Asked;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.wallet.CommandDetails;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.TenantWalletTerms;
import io.fanfare.store.wallet.WalletRequests.Beside;
import io.fanfare.store.wallet.WalletTerms.Conversion;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Players turn one currency into another, at the rates of their tenant. */
@Tag(name = "wallet")
@RestController
final class ConvertRoutes {

    static final String REASON = "convert";

    private static final Currency POINTS = new Currency("points");
    private static final Currency COINS = new Currency("coins");

    private final TenantWalletTerms terms;
    private final WalletReading wallets;
    private final WalletAsking asking;
    private final CommandDetails details;
    private final Ids ids;

    ConvertRoutes(
            TenantWalletTerms terms, WalletReading wallets, WalletAsking asking, CommandDetails details, Ids ids) {
        this.terms = terms;
        this.wallets = wallets;
        this.asking = asking;
        this.details = details;
        this.ids = ids;
    }

    /**
     * What to convert.
     *
     * @param amount of the first currency; only as much of it is taken as gives whole units of the other
     * @param fromCurrency points, where it is left out
     * @param toCurrency coins, where it is left out
     */
    record ConvertBody(
            @Nullable String scopeKey,
            @Nullable Long amount,
            @Nullable String fromCurrency,
            @Nullable String toCurrency) {}

    /**
     * What a conversion would do now; nothing is promised by it.
     *
     * @param points the amount that was asked for
     * @param conversionRate units of the first currency for one of the other
     * @param conversionRateDate since when that is the rate; 0: always
     * @param taken as much of the amount as gives whole units
     */
    record PreviewView(
            long points,
            String fromCurrency,
            BigDecimal conversionRate,
            long rateFrom,
            long rateTo,
            long conversionRateDate,
            long taken,
            long convertedAmount,
            String convertedCurrency,
            boolean haveEnoughPoints) {

        static PreviewView of(ConversionPreview preview, Conversion conversion) {
            return new PreviewView(
                    preview.asked().amount(),
                    conversion.from().code(),
                    perUnit(preview.rate()),
                    preview.rate().from(),
                    preview.rate().to(),
                    Times.seconds(conversion.since()),
                    preview.converted().taken(),
                    preview.converted().given(),
                    conversion.to().code(),
                    preview.covered());
        }
    }

    /** @param appliedConversionRate the one that it was made at; null where it was made before rates were kept */
    record ConvertedView(CommandView command, @Nullable RateView appliedConversionRate) {}

    /** @param rate units of the first currency for one of the other */
    record RateView(long rateFrom, long rateTo, BigDecimal rate) {

        static RateView of(ConversionRate rate) {
            return new RateView(rate.from(), rate.to(), perUnit(rate));
        }
    }

    private record Wish(WalletId wallet, Money money, Conversion conversion) {}

    /** What a conversion would do now. */
    @Allows(value = Role.PLAYER, guests = true)
    @PostMapping("/api/v1/wallet/convert/preview")
    Envelope<PreviewView> preview(Caller caller, @RequestBody ConvertBody body) {
        Wish wish = read(caller, body);
        Balance balance = wallets.balance(wish.wallet(), wish.money().currency());
        return ConversionPreview.of(balance, wish.money(), wish.conversion().rate())
                .map(preview -> Envelope.ok(PreviewView.of(preview, wish.conversion())))
                .orElseThrow(() -> overflow(wish));
    }

    /** Converts, in one step: either both currencies change or none. */
    @Allows(value = Role.PLAYER, guests = true)
    @ApiResponse(responseCode = "200", description = "it is done")
    @ApiResponse(
            responseCode = "202",
            description = "the wallet has not answered yet; Location says where it will have")
    @PostMapping("/api/v1/wallet/convert")
    ResponseEntity<Envelope<ConvertedView>> convert(Caller caller, @RequestBody ConvertBody body, RequestKey key) {
        Asked asked = Asked.by(caller, key, ids);
        // What was converted before is looked for first: its pair may be none of the tenant's any more.
        CommandStatus status =
                asking.before(caller.tenant(), asked).orElseGet(() -> convert(asked, read(caller, body)));
        return CommandAnswers.of(status, key, this::view);
    }

    private CommandStatus convert(Asked asked, Wish wish) {
        var command = new Convert(
                wish.money(), wish.conversion().to(), wish.conversion().rate());
        return asking.ask(asked, wish.wallet(), new Cause(REASON, asked.id().toString()), command, Beside.NOTHING);
    }

    /** The rate is the command's own: a repeated request is answered with that of the first time. */
    private ConvertedView view(CommandStatus status) {
        var command = status.command();
        return new ConvertedView(
                CommandView.of(status),
                details.rate(command.wallet().tenant(), command.id())
                        .map(RateView::of)
                        .orElse(null));
    }

    private Wish read(Caller caller, ConvertBody body) {
        var fields = new WalletFields();
        ScopeKey scope = fields.scope(body.scopeKey());
        long amount = fields.amount("amount", body.amount());
        Currency from = fields.currency("from_currency", body.fromCurrency(), POINTS);
        Currency to = fields.currency("to_currency", body.toCurrency(), COINS);
        fields.refuseAny();
        Conversion conversion = terms.current(caller.tenant())
                .terms()
                .conversion(from, to)
                .orElseThrow(() ->
                        Refused.invalid("to_currency", "is '%s': %s cannot be converted to it".formatted(to, from)));
        return new Wish(
                new WalletId(caller.tenant(), caller.requirePlayer(), scope), new Money(from, amount), conversion);
    }

    /** In the wallet's own words, though none was asked. */
    private static Refused overflow(Wish wish) {
        ConversionRate rate = wish.conversion().rate();
        return new Refused(
                Reason.WALLET_REFUSED,
                "%s at %d to %d would pass 64 bits".formatted(wish.money(), rate.from(), rate.to()),
                Map.of("refusal", Refusal.OVERFLOW.name()));
    }

    private static BigDecimal perUnit(ConversionRate rate) {
        BigDecimal exact = BigDecimal.valueOf(rate.from())
                .divide(BigDecimal.valueOf(rate.to()), MathContext.DECIMAL64)
                .stripTrailingZeros();
        // A hundred is 100 on the wire, not 1E+2.
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
