package io.fanfare.play.wallet;

import static io.fanfare.edge.caller.Role.ADMIN;
import static io.fanfare.edge.caller.Role.DESIGNER;
import static io.fanfare.edge.caller.Role.REWARD_MANAGER;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.error.Violations;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.play.Times;
import io.fanfare.play.wallet.WalletFields.Waiting;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.wallet.TenantWalletTerms;
import io.fanfare.store.wallet.TenantWalletTerms.InForce;
import io.fanfare.store.wallet.WalletTerms;
import io.fanfare.store.wallet.WalletTerms.Conversion;
import io.fanfare.store.wallet.WalletTerms.Earning;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What a tenant allows its players to do with their wallets: convert and at which rates, transfer and within which limits. */
@Tag(name = "wallets")
@RestController
@RequestMapping("/api/v1/admin/wallets/terms")
final class WalletTermsRoutes {

    private static final long MAX_RATE = 1_000_000_000L;

    private final TenantWalletTerms terms;
    private final Clock clock;

    WalletTermsRoutes(TenantWalletTerms terms, Clock clock) {
        this.terms = terms;
        this.clock = clock;
    }

    /** @param rateFrom so many units of the first currency give {@code rate_to} of the other */
    record ConversionBody(
            @Nullable String fromCurrency,
            @Nullable String toCurrency,
            @Nullable Long rateFrom,
            @Nullable Long rateTo) {}

    /**
     * Limits of a currency that may be sent.
     *
     * @param minAmount of one transfer; 1 where it is left out
     * @param maxAmount of one transfer
     * @param maxPerDay of all that a player sends on a day (UTC)
     */
    record TransferBody(
            @Nullable String currency,
            @Nullable Long minAmount,
            @Nullable Long maxAmount,
            @Nullable Long maxPerDay) {}

    /**
     * How a currency is credited that is won in games or granted for milestones.
     *
     * @param activatesAfter seconds until it is available; 0 or left out: at once, or on the action
     * @param activatesOn the action that makes it available; not with {@code activates_after}
     * @param expiresAfterDays days until it expires; not with {@code expires_after_months}; neither: never
     * @param expiryRounding none, day, week or month: it expires with the end of that (UTC)
     */
    record EarningBody(
            @Nullable String currency,
            @Nullable Long activatesAfter,
            @Nullable String activatesOn,
            @Nullable Long expiresAfterDays,
            @Nullable Long expiresAfterMonths,
            @Nullable String expiryRounding) {}

    /**
     * All terms; what is left out is switched off.
     *
     * @param conversions one per pair of currencies
     * @param transfers one per currency that players may send
     * @param earnings one per currency that is not simply there and stays, once it is won
     */
    record TermsBody(
            @Nullable List<@Nullable ConversionBody> conversions,
            @Nullable List<@Nullable TransferBody> transfers,
            @Nullable List<@Nullable EarningBody> earnings) {}

    record ConversionView(String fromCurrency, String toCurrency, long rateFrom, long rateTo, long since) {}

    record TransferLimitsView(String currency, long minAmount, long maxAmount, long maxPerDay) {}

    /** As it was set; 0 and null where it was not. */
    record EarningView(
            String currency,
            long activatesAfter,
            @Nullable String activatesOn,
            long expiresAfterDays,
            long expiresAfterMonths,
            @Nullable String expiryRounding) {

        static EarningView of(Earning earning) {
            Validity validity = earning.validity();
            return new EarningView(
                    earning.currency().code(),
                    earning.activatesAfter().toSeconds(),
                    earning.activatesOn(),
                    validity == null ? 0 : validity.lasts().get(ChronoUnit.DAYS),
                    validity == null ? 0 : validity.lasts().toTotalMonths(),
                    validity == null ? null : validity.rounding().name().toLowerCase(Locale.ROOT));
        }
    }

    /**
     * The terms in force.
     *
     * @param revision 0: nobody has set any, these are the defaults
     * @param who set them
     */
    record TermsView(
            long revision,
            List<ConversionView> conversions,
            List<TransferLimitsView> transfers,
            List<EarningView> earnings,
            String who,
            long effectiveAt) {

        static TermsView of(InForce inForce) {
            return new TermsView(
                    inForce.revision(),
                    inForce.terms().conversions().stream()
                            .map(one -> new ConversionView(
                                    one.from().code(),
                                    one.to().code(),
                                    one.rate().from(),
                                    one.rate().to(),
                                    Times.seconds(one.since())))
                            .toList(),
                    inForce.terms().transfers().stream()
                            .map(one -> new TransferLimitsView(
                                    one.currency().code(), one.least(), one.most(), one.mostPerDay()))
                            .toList(),
                    inForce.terms().earnings().stream().map(EarningView::of).toList(),
                    inForce.who(),
                    Times.seconds(inForce.effectiveAt()));
        }
    }

    @Allows({ADMIN, DESIGNER, REWARD_MANAGER})
    @GetMapping
    Envelope<TermsView> current(Caller caller) {
        return Envelope.ok(TermsView.of(terms.current(caller.tenant())));
    }

    /**
     * Replaces them, at once; for what is won within five seconds. What was converted, sent or won before keeps the terms that it was
     * made under.
     */
    @Allows({ADMIN, REWARD_MANAGER})
    @PutMapping
    Envelope<TermsView> replace(Caller caller, @RequestBody TermsBody body) {
        var fields = new WalletFields();
        var wanted = new WalletTerms(
                conversions(fields, body.conversions()),
                transfers(fields, body.transfers()),
                earnings(fields, body.earnings()));
        fields.refuseAny();
        return Envelope.ok(TermsView.of(terms.replace(caller.tenant(), wanted, caller.who())));
    }

    private List<Conversion> conversions(WalletFields fields, @Nullable List<@Nullable ConversionBody> bodies) {
        Instant now = UtcTimes.toMillis(clock.instant());
        var conversions = new ArrayList<Conversion>();
        Set<List<Currency>> pairs = new HashSet<>();
        for (int i = 0; i < size(fields.violations(), "conversions", bodies, WalletTerms.MAX_CONVERSIONS); i++) {
            String field = "conversions[%d]".formatted(i);
            ConversionBody body = bodies == null ? null : bodies.get(i);
            if (body == null) {
                fields.violations().add(field, "is null");
                continue;
            }
            Currency from = fields.currency(field + ".from_currency", body.fromCurrency());
            Currency to = fields.currency(field + ".to_currency", body.toCurrency());
            long rateFrom = rate(fields.violations(), field + ".rate_from", body.rateFrom());
            long rateTo = rate(fields.violations(), field + ".rate_to", body.rateTo());
            if (from.equals(to)) {
                fields.violations().add(field + ".to_currency", "is the same as from_currency");
            } else if (pairs.add(List.of(from, to))) {
                conversions.add(new Conversion(from, to, new ConversionRate(rateFrom, rateTo), now));
            } else {
                fields.violations().add(field, "is there twice");
            }
        }
        return conversions;
    }

    private static List<TransferLimits> transfers(WalletFields fields, @Nullable List<@Nullable TransferBody> bodies) {
        var limits = new ArrayList<TransferLimits>();
        Set<Currency> currencies = new HashSet<>();
        for (int i = 0; i < size(fields.violations(), "transfers", bodies, WalletTerms.MAX_TRANSFERS); i++) {
            String field = "transfers[%d]".formatted(i);
            TransferBody body = bodies == null ? null : bodies.get(i);
            if (body == null) {
                fields.violations().add(field, "is null");
                continue;
            }
            Currency currency = fields.currency(field + ".currency", body.currency());
            long least = body.minAmount() == null ? 1 : fields.amount(field + ".min_amount", body.minAmount());
            long most = fields.amount(field + ".max_amount", body.maxAmount());
            long mostPerDay = fields.amount(field + ".max_per_day", body.maxPerDay());
            if (most < least) {
                fields.violations().add(field + ".max_amount", "is less than min_amount");
            } else if (mostPerDay < least) {
                fields.violations().add(field + ".max_per_day", "is less than min_amount");
            } else if (currencies.add(currency)) {
                limits.add(new TransferLimits(currency, least, most, mostPerDay));
            } else {
                fields.violations().add(field + ".currency", "is there twice");
            }
        }
        return limits;
    }

    private static List<Earning> earnings(WalletFields fields, @Nullable List<@Nullable EarningBody> bodies) {
        var earnings = new ArrayList<Earning>();
        Set<Currency> currencies = new HashSet<>();
        for (int i = 0; i < size(fields.violations(), "earnings", bodies, WalletTerms.MAX_EARNINGS); i++) {
            String field = "earnings[%d]".formatted(i);
            EarningBody body = bodies == null ? null : bodies.get(i);
            if (body == null) {
                fields.violations().add(field, "is null");
                continue;
            }
            Currency currency = fields.currency(field + ".currency", body.currency());
            Waiting waiting = fields.waiting(field + ".", body.activatesAfter(), body.activatesOn());
            Validity validity = fields.validity(
                    field + ".", body.expiresAfterDays(), body.expiresAfterMonths(), body.expiryRounding());
            if (currencies.add(currency)) {
                earnings.add(new Earning(currency, waiting.delay(), waiting.action(), validity));
            } else {
                fields.violations().add(field + ".currency", "is there twice");
            }
        }
        return earnings;
    }

    private static int size(Violations violations, String field, @Nullable List<?> list, int max) {
        if (list == null) {
            return 0;
        }
        if (list.size() > max) {
            violations.add(field, "has %d items, expected at most %d".formatted(list.size(), max));
            return 0;
        }
        return list.size();
    }

    private static long rate(Violations violations, String field, @Nullable Long value) {
        if (value == null) {
            violations.add(field, "is missing");
            return 1;
        }
        return Math.max(1, violations.number(field, value, 1, MAX_RATE));
    }
}
