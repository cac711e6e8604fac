package io.fanfare.streams.wallet;

import io.fanfare.edge.topic.HeartbeatTopic;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.streams.query.StateNews;
import io.fanfare.streams.rebuild.Rebuilding;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RelaySettings.class)
class WalletsConfiguration {

    @Bean
    HeartbeatTopic relayHeartbeats(KafkaSettings kafka, RelaySettings settings, MeterRegistry meters) {
        HeartbeatTopic heartbeats = HeartbeatTopic.opened(kafka.bootstrap(), settings.heartbeatTopics());
        TimeGauge.builder("relay_heard_age", heartbeats, TimeUnit.SECONDS, WalletsConfiguration::age)
                .description("since the latest heartbeat of the relay that was heard; NaN before the first")
                .register(meters);
        return heartbeats;
    }

    private static double age(HeartbeatTopic heartbeats) {
        return heartbeats
                .latest()
                .map(heard -> Duration.between(heard, Instant.now()).toMillis() / 1e3)
                .orElse(Double.NaN);
    }

    @Bean
    Rebuilding walletsRebuilding(
            KafkaSettings kafka,
            ConfluentRegistry registry,
            MeterRegistry meters,
            StateNews news,
            HeartbeatTopic relayHeartbeats) {
        var walletMeters = new WalletMeters(meters);
        var progress = new HeardProgress(relayHeartbeats::latest, InstantSource.system());
        return new Rebuilding(
                WalletsTopology.NAME,
                Topics.WALLET_COMMANDS.name(),
                kafka,
                registry,
                (generation, telling) -> WalletsTopology.app(walletMeters, news, generation, telling, progress));
    }

    @Bean
    RunningApp wallets(StreamsRuntime runtime, Rebuilding walletsRebuilding) {
        RunningApp app = runtime.run(walletsRebuilding.first(), walletsRebuilding::current);
        walletsRebuilding.follow(app);
        return app;
    }
}
