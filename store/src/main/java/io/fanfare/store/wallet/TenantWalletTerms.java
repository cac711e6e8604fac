package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.engine.wallet.Validity.Rounding;
import io.fanfare.store.Database;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.wallet.WalletTerms.Conversion;
import io.fanfare.store.wallet.WalletTerms.Earning;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/** The terms of each tenant's wallets. Every revision is kept, with who made it. */
public final class TenantWalletTerms {

    private static final JsonMapper JSON = new JsonMapper();

    private final Database database;
    private final Clock clock;

    /**
     * Terms in force.
     *
     * @param revision 0 where nobody has said anything yet
     * @param who made it
     */
    public record InForce(WalletTerms terms, long revision, String who, Instant effectiveAt) {

        static final InForce DEFAULT = new InForce(WalletTerms.DEFAULT, 0, "", Instant.EPOCH);
    }

    private record ConversionJson(String from, String to, long rateFrom, long rateTo, long since) {

        static ConversionJson of(Conversion one) {
            return new ConversionJson(
                    one.from().code(),
                    one.to().code(),
                    one.rate().from(),
                    one.rate().to(),
                    one.since().toEpochMilli());
        }

        Conversion conversion() {
            return new Conversion(
                    new Currency(from),
                    new Currency(to),
                    new ConversionRate(rateFrom, rateTo),
                    Instant.ofEpochMilli(since));
        }
    }

    private record LimitsJson(String currency, long least, long most, long mostPerDay) {

        static LimitsJson of(TransferLimits limits) {
            return new LimitsJson(limits.currency().code(), limits.least(), limits.most(), limits.mostPerDay());
        }

        TransferLimits limits() {
            return new TransferLimits(new Currency(currency), least, most, mostPerDay);
        }
    }

    /** @param rounding a name of {@link Rounding} */
    private record EarningJson(
            String currency,
            long activatesAfterSeconds,
            @Nullable String activatesOn,
            @Nullable String lasts,
            @Nullable Rounding rounding) {

        static EarningJson of(Earning earning) {
            Validity validity = earning.validity();
            return new EarningJson(
                    earning.currency().code(),
                    earning.activatesAfter().toSeconds(),
                    earning.activatesOn(),
                    validity == null ? null : validity.lasts().toString(),
                    validity == null ? null : validity.rounding());
        }

        Earning earning() {
            return new Earning(
                    new Currency(currency),
                    Duration.ofSeconds(activatesAfterSeconds),
                    activatesOn,
                    lasts == null
                            ? null
                            : new Validity(Period.parse(lasts), requireNonNullElse(rounding, Rounding.NONE)));
        }
    }

    public TenantWalletTerms(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /** The newest revision. */
    public InForce current(TenantId tenant) {
        return current(database, tenant);
    }

    static InForce current(Database database, TenantId tenant) {
        return database.jdbc()
                .sql("""
                        select * from wallet_terms
                        where tenant_id = :tenant
                        order by revision desc
                        limit 1
                        """)
                .param("tenant", tenant.value())
                .query(TenantWalletTerms::read)
                .optional()
                .orElse(InForce.DEFAULT);
    }

    /** Makes them the newest revision. Two who come at once each make one. */
    public InForce replace(TenantId tenant, WalletTerms terms, String who) {
        return database.inTransactionOrAgain(() -> {
            InForce before = current(tenant);
            Instant now = UtcTimes.toMillis(clock.instant());
            var next = new InForce(terms.replacing(before.terms()), before.revision() + 1, who, now);
            insert(tenant, next);
            return next;
        });
    }

    private void insert(TenantId tenant, InForce next) {
        try {
            database.jdbc()
                    .sql("""
                            insert into wallet_terms (tenant_id, revision, conversions, transfers, earnings, who, effective_at)
                            values (:tenant, :revision, :conversions, :transfers, :earnings, :who, :at)
                            """)
                    .param("tenant", tenant.value())
                    .param("revision", next.revision())
                    .param(
                            "conversions",
                            text(next.terms().conversions().stream()
                                    .map(ConversionJson::of)
                                    .toList()))
                    .param(
                            "transfers",
                            text(next.terms().transfers().stream()
                                    .map(LimitsJson::of)
                                    .toList()))
                    .param(
                            "earnings",
                            text(next.terms().earnings().stream()
                                    .map(EarningJson::of)
                                    .toList()))
                    .param("who", next.who())
                    .param("at", UtcTimes.column(next.effectiveAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw new ConcurrencyFailureException("somebody else just made revision " + next.revision(), e);
        }
    }

    private static InForce read(ResultSet row, int number) throws SQLException {
        var terms = new WalletTerms(
                Arrays.stream(value(row.getString("conversions"), ConversionJson[].class))
                        .map(ConversionJson::conversion)
                        .toList(),
                Arrays.stream(value(row.getString("transfers"), LimitsJson[].class))
                        .map(LimitsJson::limits)
                        .toList(),
                earnings(row.getString("earnings")));
        return new InForce(
                terms,
                row.getLong("revision"),
                row.getString("who"),
                UtcTimes.instant(row.getObject("effective_at", LocalDateTime.class)));
    }

    private static List<Earning> earnings(@Nullable String json) {
        return json == null
                ? List.of()
                : Arrays.stream(value(json, EarningJson[].class))
                        .map(EarningJson::earning)
                        .toList();
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("terms that are no JSON", e);
        }
    }

    private static <T> T value(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("terms were kept that are no JSON", e);
        }
    }
}
