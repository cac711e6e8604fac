package io.fanfare.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The whole platform on free ports, without the demo: started by the first test class that asks for it, stopped after the last. */
final class RunningPlatform implements AutoCloseable {

    private final DataDir dir;
    private final Addresses at;
    private final Platform platform;

    private RunningPlatform(DataDir dir, Ports ports) {
        this.dir = dir;
        this.at = new Addresses(ports);
        this.platform = new Platform(Blueprint.of(dir, ports), Platform.Progress.silent());
    }

    /** Gives a test class the one platform of the suite. */
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == RunningPlatform.class;
        }

        @Override
        public RunningPlatform resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(RunningPlatform.class, _ -> start(), RunningPlatform.class);
        }
    }

    private static RunningPlatform start() {
        refuseToEndTheTests();
        try {
            Path folder = Files.createTempDirectory("fanfare-it");
            var running = new RunningPlatform(DataDir.open(folder), Ports.free());
            running.platform.start();
            return running;
        } catch (IOException e) {
            throw new IllegalStateException("no folder for the platform's data", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the platform started", e);
        }
    }

    /** Broker and Connect end the JVM when they cannot go on; in a test that is a failure like any other. */
    private static void refuseToEndTheTests() {
        Exit.Procedure refuse = (code, message) -> {
            throw new IllegalStateException("a part of Kafka asked to exit with code " + code + ": " + message);
        };
        Exit.setExitProcedure(refuse);
        Exit.setHaltProcedure(refuse);
    }

    Web api() {
        return at.api();
    }

    Web streams() {
        return at.streams();
    }

    Web worker() {
        return at.worker();
    }

    String bootstrap() {
        return at.bootstrap();
    }

    TopicReader topics() {
        return at.topics();
    }

    URI registry() {
        return at.registry();
    }

    String jdbcUrl() {
        return at.jdbcUrl();
    }

    @Override
    public void close() throws IOException {
        platform.stop();
        dir.close();
    }
}
