package io.fanfare.play;

import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Housekeeping;
import io.fanfare.store.Migrations;
import io.fanfare.store.game.Games;
import io.fanfare.store.idempotency.Idempotency;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.leaderboard.Leaderboards;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.play.GroupCommitLedger;
import io.fanfare.store.play.JdbcPlayLedger;
import io.fanfare.store.play.Turns;
import io.fanfare.store.prize.Prizes;
import io.fanfare.store.prize.RewardCases;
import io.fanfare.store.prize.RewardExpiry;
import io.fanfare.store.prize.Rewards;
import io.fanfare.store.wallet.WalletNumbers;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The system of record, put together. The schema is up to date before anything else touches it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CommitSettings.class)
class StoreConfiguration {

    @Bean(initMethod = "run")
    Migrations migrations(DataSource dataSource) {
        return new Migrations(dataSource);
    }

    @Bean
    Database database(DataSource dataSource, Migrations migrations) {
        return Database.over(dataSource);
    }

    @Bean
    Ids ids() {
        return new Ids();
    }

    @Bean
    Outbox outbox(Database database, SchemaRegistry registry) {
        return new Outbox(database, registry);
    }

    @Bean
    Games games(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Games(database, outbox, ids, clock);
    }

    @Bean
    Prizes prizes(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Prizes(database, outbox, ids, clock);
    }

    @Bean
    GroupCommitLedger playLedger(
            Database database, Outbox outbox, Ids ids, Clock clock, CommitSettings settings, MeterRegistry meters) {
        DistributionSummary sizes = DistributionSummary.builder("plays_per_transaction")
                .description("how many plays shared a transaction")
                .register(meters);
        return new GroupCommitLedger(
                new JdbcPlayLedger(database, outbox, ids, clock), settings.groups(), sizes::record);
    }

    @Bean
    Turns turns(Database database, Clock clock) {
        return new Turns(database, clock);
    }

    @Bean
    Rewards rewards(Database database, Outbox outbox, Clock clock) {
        return new Rewards(database, outbox, clock);
    }

    @Bean
    RewardCases rewardCases(Database database) {
        return new RewardCases(database);
    }

    @Bean
    RewardExpiry rewardExpiry(Database database, Outbox outbox, Clock clock) {
        return new RewardExpiry(database, outbox, clock);
    }

    @Bean
    Leaderboards leaderboards(Database database, Outbox outbox, Ids ids, Clock clock) {
        return new Leaderboards(database, outbox, ids, clock);
    }

    @Bean
    Idempotency idempotency(Database database, Clock clock) {
        return new Idempotency(database, clock);
    }

    @Bean
    WalletNumbers walletNumbers(Database database) {
        return new WalletNumbers(database);
    }

    @Bean
    Housekeeping housekeeping(Database database, Clock clock) {
        return new Housekeeping(database, clock);
    }
}
