package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static io.fanfare.store.Definitions.RIVAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Activation;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.Validity;
import io.fanfare.engine.wallet.Validity.Rounding;
import io.fanfare.engine.wallet.WalletCommand;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletCommand.CreditEach;
import io.fanfare.store.Definitions;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.wallet.WalletTerms.Earning;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class EarningTermsIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Money POINTS = new Money(new Currency("points"), 5);
    private static final Money GEMS = new Money(new Currency("gems"), 2);
    private static final Money COINS = new Money(new Currency("coins"), 7);
    private static final Earning DELAYED = new Earning(
            new Currency("points"), Duration.ofDays(1), null, new Validity(Period.ofDays(10), Rounding.DAY));
    private static final Earning ON_ACTION =
            new Earning(new Currency("gems"), Duration.ZERO, "kyc", new Validity(Period.ofMonths(2), Rounding.NONE));

    private final TenantWalletTerms terms;
    private final WalletCommands commands;

    EarningTermsIT(StoreServer server) {
        var definitions = new Definitions(server);
        this.terms = new TenantWalletTerms(definitions.database(), definitions.clock());
        this.commands = new WalletCommands(definitions.database(), definitions.outbox());
        terms.replace(ACME, new WalletTerms(List.of(), List.of(), List.of(DELAYED, ON_ACTION)), "olga");
    }

    @Test
    void they_are_kept_as_they_were_set() {
        assertThat(terms.current(ACME).terms().earnings()).containsExactly(DELAYED, ON_ACTION);
        assertThat(terms.current(RIVAL).terms().earnings()).isEmpty();
    }

    @Test
    void what_has_none_is_there_at_once_and_stays() {
        assertThat(credit(ACME, COINS)).isEqualTo(new Credit(List.of(COINS)));
        assertThat(credit(RIVAL, POINTS, COINS)).isEqualTo(new Credit(List.of(POINTS, COINS)));
    }

    @Test
    void a_delay_comes_before_the_days_that_it_lasts() {
        assertThat(credit(ACME, POINTS))
                .isEqualTo(new Credit(
                        List.of(POINTS),
                        new Activation.At(Instant.parse("2026-03-02T12:00:00Z")),
                        Instant.parse("2026-03-13T00:00:00Z")));
    }

    @Test
    void currencies_that_are_won_together_keep_to_their_own_terms() {
        assertThat(credit(ACME, COINS, GEMS))
                .isEqualTo(new CreditEach(List.of(
                        new Credit(List.of(COINS)),
                        new Credit(
                                List.of(GEMS),
                                new Activation.OnAction("kyc"),
                                Instant.parse("2026-05-01T12:00:00Z")))));
    }

    private WalletCommand credit(TenantId tenant, Money... won) {
        return commands.creditOnTerms(tenant, List.of(won), NOON);
    }
}
