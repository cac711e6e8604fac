package io.fanfare.play.wallet;

import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.CommandDetails;
import io.fanfare.store.wallet.GrantWork;
import io.fanfare.store.wallet.Grants;
import io.fanfare.store.wallet.Holds;
import io.fanfare.store.wallet.MissingCommands;
import io.fanfare.store.wallet.TenantWalletTerms;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.WalletActions;
import io.fanfare.store.wallet.WalletCommands;
import io.fanfare.store.wallet.WalletRequests;
import io.fanfare.store.wallet.WalletScopes;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WalletConfiguration {

    @Bean
    WalletRequests walletRequests(Database database, WalletCommands commands) {
        return new WalletRequests(database, commands);
    }

    @Bean
    TenantWalletTerms tenantWalletTerms(Database database, Clock clock) {
        return new TenantWalletTerms(database, clock);
    }

    @Bean
    WalletScopes walletScopes(Database database, Clock clock) {
        return new WalletScopes(database, clock);
    }

    @Bean
    Transfers transfers(Database database, WalletCommands commands, Clock clock) {
        return new Transfers(database, commands, clock);
    }

    @Bean
    Holds holds(Database database, Clock clock) {
        return new Holds(database, clock);
    }

    @Bean
    WalletActions walletActions(Database database) {
        return new WalletActions(database);
    }

    @Bean
    MissingCommands missingCommands(
            Database database, Outbox outbox, WalletCommands commands, SchemaRegistry registry) {
        return new MissingCommands(database, outbox, commands, registry);
    }

    @Bean
    CommandDetails commandDetails(Database database, SchemaRegistry registry) {
        return new CommandDetails(database, registry);
    }

    @Bean
    Grants grants(Database database, Clock clock) {
        return new Grants(database, clock);
    }

    @Bean
    GrantRunner grantRunner(Database database, WalletCommands commands, Clock clock, MeterRegistry meters) {
        return new GrantRunner(new GrantWork(database, commands, clock), meters);
    }
}
