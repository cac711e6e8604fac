package io.fanfare.bench.platform;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks from outside: over HTTP where a part speaks that, else by whether it takes a connection. */
final class Health {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    boolean areWell(List<URI> probes) throws InterruptedException {
        for (URI probe : probes) {
            if (!isWell(probe)) {
                return false;
            }
        }
        return true;
    }

    private boolean isWell(URI probe) throws InterruptedException {
        try {
            return "http".equals(probe.getScheme()) ? answers(probe) : accepts(probe);
        } catch (IOException notThere) {
            return false;
        }
    }

    private boolean answers(URI probe) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(probe).timeout(PATIENCE).build(), BodyHandlers.ofString());
        // Connect answers 200 for a connector of which a task has failed.
        return answer.statusCode() == 200 && !answer.body().contains("\"state\":\"FAILED\"");
    }

    private static boolean accepts(URI probe) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(probe.getHost(), probe.getPort()), (int) PATIENCE.toMillis());
            return true;
        }
    }
}
