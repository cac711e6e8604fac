package io.fanfare.bench.latency;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of a service, from its {@code /metrics}. */
final class Heap {

    private static final Pattern USED =
            Pattern.compile("(?m)^jvm_memory_used_bytes\\{[^}]*area=\"heap\"[^}]*}\\s+([0-9.E+-]+)$");
    private static final double MEBIBYTE = 1024.0 * 1024;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final HttpRequest metrics;

    /** @param service its base address */
    Heap(URI service) {
        this.metrics = HttpRequest.newBuilder(service.resolve("/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    double usedMebibytes() throws IOException, InterruptedException {
        return used(http.send(metrics, BodyHandlers.ofString()).body());
    }

    /** @throws IOException where the metrics say nothing of a heap */
    static double used(String exposition) throws IOException {
        Matcher line = USED.matcher(exposition);
        double sum = 0;
        boolean found = false;
        while (line.find()) {
            sum += Double.parseDouble(line.group(1));
            found = true;
        }
        if (!found) {
            throw new IOException("/metrics has no jvm_memory_used_bytes of the heap");
        }
        return sum / MEBIBYTE;
    }
}
