package io.fanfare.streams.query;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.schemas.wire.ConfluentRegistry;
import io.fanfare.streams.runtime.RestoredState;
import io.fanfare.streams.runtime.RunningApp;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What must be well before this service is called ready: every app running, and the registry. */
@Configuration(proxyBeanMethods = false)
class QueryReadiness {

    @Bean
    ReadinessCheck streamsReadiness(ObjectProvider<RunningApp> apps) {
        List<RunningApp> all = apps.orderedStream().toList();
        return named("streams", () -> {
            List<String> waiting = all.stream()
                    .filter(app -> !app.isServing())
                    .map(app -> "%s %s".formatted(app.name(), why(app)))
                    .toList();
            return waiting.isEmpty()
                    ? ReadinessCheck.READY
                    : new ReadinessCheck.Readiness.NotReady(String.join(", ", waiting));
        });
    }

    private static String why(RunningApp app) {
        if (app.hasFailed()) {
            return "has failed";
        }
        RestoredState restored = app.restored();
        return restored.total() == 0 ? "is not running" : "is not running: " + restored;
    }

    @Bean
    ReadinessCheck registryReadiness(ConfluentRegistry registry) {
        return named(
                "registry",
                () -> registry.isReachable()
                        ? ReadinessCheck.READY
                        : new ReadinessCheck.Readiness.NotReady("does not answer"));
    }

    @FunctionalInterface
    private interface Question {
        ReadinessCheck.Readiness ask();
    }

    private static ReadinessCheck named(String name, Question question) {
        return new ReadinessCheck() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Readiness check() {
                return question.ask();
            }
        };
    }
}
