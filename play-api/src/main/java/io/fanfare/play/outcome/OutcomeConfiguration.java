package io.fanfare.play.outcome;

import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.CommandStatus;
import io.fanfare.store.wallet.OverdueTransfers;
import io.fanfare.store.wallet.UndecidedCommands;
import io.fanfare.store.wallet.WalletCommands;
import io.fanfare.store.wallet.WalletOutcomes;
import io.fanfare.store.wallet.WalletOutcomes.CommandKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutcomeConfiguration {

    @Bean
    WalletCommands walletCommands(Database database, Outbox outbox) {
        return new WalletCommands(database, outbox);
    }

    @Bean
    WalletOutcomes walletOutcomes(Database database) {
        return new WalletOutcomes(database);
    }

    @Bean
    Watch<CommandKey, CommandStatus> outcomeWatch(WalletOutcomes outcomes) {
        return new Watch<>("wallet-outcome-watch", outcomes::decided);
    }

    @Bean
    AwaitedOutcomes awaitedOutcomes(
            WalletOutcomes outcomes, Watch<CommandKey, CommandStatus> watch, MeterRegistry meters) {
        return new AwaitedOutcomes(outcomes, watch, meters);
    }

    @Bean
    UndecidedAlarm undecidedAlarm(Database database, Clock clock, MeterRegistry meters) {
        return new UndecidedAlarm(
                new UndecidedCommands(database, clock)::oldest,
                new OverdueTransfers(database, clock)::longerThan,
                meters);
    }
}
