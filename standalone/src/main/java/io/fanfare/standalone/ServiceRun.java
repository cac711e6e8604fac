package io.fanfare.standalone;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** One service in the foreground of this process. It ends when it is asked to, once it has answered what it was asked before. */
final class ServiceRun {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceRun.class);

    private ServiceRun() {}

    /** @throws CannotStart naming every setting that is missing, or what keeps the service from starting */
    static void stay(ServiceProgram service, Map<String, String> environment) throws InterruptedException {
        List<String> missing = service.missing(environment);
        if (!missing.isEmpty()) {
            throw new CannotStart("%s is not told enough; set%n  %s"
                    .formatted(service.word(), String.join(System.lineSeparator() + "  ", missing)));
        }
        ConfigurableApplicationContext running = started(service);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            LOG.info("{} is asked to end", service.word());
                            running.close();
                            LOG.info("{} has ended", service.word());
                        },
                        "stop"));
        LOG.info(
                "{} is up on port {}",
                service.word(),
                running.getEnvironment().getProperty("local.server.port", "unknown"));
        new CountDownLatch(1).await();
    }

    private static ConfigurableApplicationContext started(ServiceProgram service) {
        try {
            return service.start();
        } catch (RuntimeException e) {
            throw new CannotStart(service.word() + " cannot start: " + cause(e), e);
        }
    }

    /** Spring wraps a cause in the names of all beans on the way to it; the reason is at the bottom. */
    private static String cause(Throwable thrown) {
        Throwable bottom = thrown;
        while (bottom.getCause() != null) {
            bottom = bottom.getCause();
        }
        return bottom.getMessage() == null ? bottom.toString() : bottom.getMessage();
    }
}
