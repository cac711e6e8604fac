package io.fanfare.worker.granting.transfer;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.Intake;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.WalletCommands;
import io.fanfare.worker.intake.Intakes;
import io.fanfare.worker.intake.Intakes.Reader;
import io.fanfare.worker.intake.NamedCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class TransferConfiguration {

    private static final String READER = "transfers";

    @Bean
    Intake transferIntake(
            Intakes intakes, Database database, SchemaRegistry registry, MeterRegistry meters, Clock clock) {
        var commands = new WalletCommands(database, new Outbox(database, registry));
        return intakes.intake(
                Reader.named(READER, "wallet.transfers", "followed"),
                Topics.WALLET_ENTRIES,
                new TransferLegs(new Transfers(database, commands, clock), meters));
    }

    @Bean
    ReadinessCheck transfersAreReady(@Qualifier("transferIntake") Intake intake) {
        return NamedCheck.of(READER, intake);
    }
}
