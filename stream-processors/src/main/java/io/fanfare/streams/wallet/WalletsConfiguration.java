package io.fanfare.streams.wallet;

import io.fanfare.streams.runtime.RunningApp;
import io.fanfare.streams.runtime.StreamsRuntime;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class WalletsConfiguration {

    @Bean
    RunningApp wallets(StreamsRuntime runtime, MeterRegistry meters) {
        return runtime.run(WalletsTopology.app(meters));
    }
}
