package io.fanfare.worker.outcome;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.Intake;
import io.fanfare.schemas.Topics;
import io.fanfare.store.Database;
import io.fanfare.store.wallet.WalletOutcomes;
import io.fanfare.worker.intake.Intakes;
import io.fanfare.worker.intake.Intakes.Reader;
import io.fanfare.worker.intake.NamedCheck;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class OutcomeConfiguration {

    private static final String READER = "wallet-outcomes";

    @Bean
    Intake outcomeIntake(Intakes intakes, Database database) {
        return intakes.intake(
                Reader.named(READER, "wallet.outcomes", "processed"),
                Topics.WALLET_ENTRIES,
                new OutcomeKeeping(new WalletOutcomes(database)));
    }

    @Bean
    ReadinessCheck outcomesAreReady(@Qualifier("outcomeIntake") Intake intake) {
        return NamedCheck.of(READER, intake);
    }
}
