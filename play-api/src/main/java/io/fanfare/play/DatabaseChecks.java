package io.fanfare.play;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.edge.health.ReadinessCheck.Readiness;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import java.util.concurrent.Callable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseChecks {

    private record Check(String name, Callable<Readiness> question) implements ReadinessCheck {
        @Override
        public Readiness check() throws Exception {
            return question.call();
        }
    }

    @Bean
    ReadinessCheck databaseCheck(Database database) {
        return new Check("database", () -> {
            database.requireAnswer();
            return ReadinessCheck.READY;
        });
    }

    @Bean
    ReadinessCheck migrationsCheck(Migrations migrations) {
        return new Check(
                "migrations",
                () -> migrations.areComplete() ? ReadinessCheck.READY : new Readiness.NotReady("are not complete"));
    }
}
