package io.fanfare.worker.intake;

import io.fanfare.edge.topic.KafkaClients;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.producer.Producer;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
class IntakeConfiguration {

    @Bean
    Producer<byte[], byte[]> deadLetterProducer(KafkaSettings settings) {
        return KafkaClients.producer(settings.bootstrap());
    }

    @Bean
    Intakes intakes(
            KafkaSettings settings, Producer<byte[], byte[]> producer, SchemaRegistry registry, MeterRegistry meters) {
        return new Intakes(settings, producer, registry, meters);
    }
}
