package io.fanfare.worker.granting;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.topic.Intake;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.granting.Granting;
import io.fanfare.store.identity.Ids;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.redemption.PendingRedemptions;
import io.fanfare.store.redemption.Redemptions;
import io.fanfare.store.wallet.CommandsInSight;
import io.fanfare.worker.intake.Intakes;
import io.fanfare.worker.intake.Intakes.Reader;
import io.fanfare.worker.intake.NamedCheck;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class GrantingConfiguration {

    @Bean
    Redemptions redemptions(Database database, ConfluentRegistry registry, Clock clock) {
        return new Redemptions(database, new Outbox(database, registry), new Ids(), clock);
    }

    @Bean
    Granting granting(Database database, ConfluentRegistry registry, Clock clock) {
        return new Granting(database, new Outbox(database, registry), new Ids(), clock);
    }

    @Bean
    Intake redemptionIntake(Intakes intakes, Redemptions redemptions, Database database, MeterRegistry meters) {
        return intakes.intake(
                Reader.named("redemptions", "redemptions.intake", "processed"),
                Topics.WALLET_ENTRIES,
                new RedemptionEnds(redemptions, new CommandsInSight(database), new RedemptionMetrics(meters)));
    }

    @Bean
    Intake milestoneIntake(Intakes intakes, Granting granting, MeterRegistry meters) {
        return intakes.intake(
                Reader.named("granter", "granter.intake", "processed"),
                Topics.MILESTONES,
                new Granter<>(ReachedMilestones::earned, granting, meters));
    }

    @Bean
    RedemptionAlarm redemptionAlarm(Database database, Clock clock, MeterRegistry meters) {
        return new RedemptionAlarm(new PendingRedemptions(database, clock), meters);
    }

    @Bean
    ReadinessCheck redemptionIntakeIsReady(@Qualifier("redemptionIntake") Intake intake) {
        return NamedCheck.of("wallet-entries", intake);
    }

    @Bean
    ReadinessCheck milestoneIntakeIsReady(@Qualifier("milestoneIntake") Intake intake) {
        return NamedCheck.of("milestones", intake);
    }
}
