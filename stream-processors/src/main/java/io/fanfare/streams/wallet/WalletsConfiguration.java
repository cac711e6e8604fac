package io.fanfare.streams.wallet;

import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.rebuild.Rebuilding;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WalletsConfiguration {

    @Bean
    Rebuilding walletsRebuilding(
            KafkaSettings kafka, ConfluentRegistry registry, MeterRegistry meters, StateNews news) {
        var walletMeters = new WalletMeters(meters);
        return new Rebuilding(
                WalletsTopology.NAME,
                Topics.WALLET_COMMANDS.name(),
                kafka,
                registry,
                (generation, telling) -> WalletsTopology.app(walletMeters, news, generation, telling));
    }

    @Bean
    RunningApp wallets(StreamsRuntime runtime, Rebuilding walletsRebuilding) {
        RunningApp app = runtime.run(walletsRebuilding.first(), walletsRebuilding::current);
        walletsRebuilding.follow(app);
        return app;
    }
}
