package io.fanfare.play;

import io.fanfare.edge.health.ReadinessCheck;
import io.fanfare.schemas.SchemaRegistration;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

/** Registers all schemas at start; where the registry is not there yet, with each look at readiness. */
final class RegisteredSchemas implements ApplicationRunner, ReadinessCheck {

    private static final Logger log = LoggerFactory.getLogger(RegisteredSchemas.class);

    private final SchemaRegistry registry;
    private final BooleanSupplier registryAnswers;
    private volatile boolean registered;

    RegisteredSchemas(SchemaRegistry registry, BooleanSupplier registryAnswers) {
        this.registry = registry;
        this.registryAnswers = registryAnswers;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        try {
            register();
        } catch (RegistryUnavailable e) {
            log.warn("schemas are not registered yet, and nothing is ready before: {}", e.getMessage());
        }
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public Readiness check() {
        if (!registered) {
            register();
        }
        return registryAnswers.getAsBoolean() ? READY : new Readiness.NotReady("does not answer");
    }

    private void register() {
        SchemaRegistration.registerAll(registry);
        registered = true;
    }
}
