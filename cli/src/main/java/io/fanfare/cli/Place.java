package io.fanfare.cli;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the platform is, and what its demo is called.
 *
 * @param services the HTTP services by name; the API always, the others where they are known
 * @param starting it says itself that it is not up yet
 * @param tenant of the demo; null where there is none
 * @param game of the demo; null where there is none
 */
record Place(
        URI api,
        Map<String, URI> services,
        String bootstrap,
        URI registry,
        boolean starting,
        @Nullable String tenant,
        @Nullable String game) {

    /** Options that every command takes. */
    static final Set<String> OPTIONS = Set.of("--data", "--url", "--kafka", "--registry");

    /** Where {@code ./fanfare} keeps its data unless told otherwise, as the script knows it. */
    static final String DATA_PROPERTY = "fanfare.data";

    /** What the parts are called, in one process and as processes of their own. */
    private static final Pattern API = Pattern.compile("Play API|play-api(-\\d+)?");

    private static final Pattern SERVICE =
            Pattern.compile(API.pattern() + "|Stream processors|streams(-\\d+)?|Fulfilment worker|worker(-\\d+)?");
    private static final Pattern KAFKA = Pattern.compile("Kafka broker|broker");
    private static final Pattern REGISTRY = Pattern.compile("Schema registry|registry");

    Place {
        services = Map.copyOf(services);
    }

    /**
     * Finds it: by {@code --data}, where it runs on this machine, and by {@code --url}, {@code --kafka}, {@code --registry} (or the
     * environment that the services know) where it runs elsewhere.
     *
     * @throws CannotDo where nothing runs on the data folder and nothing else is said
     */
    static Place of(Words words, Map<String, String> environment) throws IOException {
        Path data = Path.of(
                words.one("--data").orElseGet(() -> requireNonNullElse(System.getProperty(DATA_PROPERTY), ".fanfare")));
        Optional<URI> url = words.one("--url").map(Place::address);
        Map<String, URI> parts = parts(data);
        if (parts.isEmpty() && url.isEmpty()) {
            throw new CannotDo("no platform runs on %s; start one with ./fanfare up, or say where it is with --url"
                    .formatted(data.toAbsolutePath().normalize()));
        }
        boolean isElsewhere = url.isPresent();
        URI api = url.orElseGet(() -> find(parts, API).orElse(URI.create("http://127.0.0.1:8080")));
        Map<String, URI> services = new HashMap<>();
        if (isElsewhere) {
            services.put("Play API", api);
        } else {
            parts.forEach((name, address) -> {
                if (SERVICE.matcher(name).matches()) {
                    services.put(name, address);
                }
            });
        }
        Properties demo = read(data.resolve("demo.properties"));
        return new Place(
                api,
                services,
                bootstrap(words, environment, isElsewhere ? Optional.empty() : find(parts, KAFKA)),
                registry(words, environment, isElsewhere ? Optional.empty() : find(parts, REGISTRY)),
                !isElsewhere && state(data).equals("starting"),
                isElsewhere ? null : demo.getProperty("tenant"),
                isElsewhere ? null : demo.getProperty("game"));
    }

    private static String bootstrap(Words words, Map<String, String> environment, Optional<URI> found) {
        return words.one("--kafka")
                .or(() -> Optional.ofNullable(environment.get("FANFARE_KAFKA_BOOTSTRAP")))
                .orElseGet(() -> found.map(URI::getAuthority).orElse("127.0.0.1:9092"));
    }

    private static URI registry(Words words, Map<String, String> environment, Optional<URI> found) {
        return words.one("--registry")
                .or(() -> Optional.ofNullable(environment.get("FANFARE_REGISTRY_URL")))
                .map(Place::address)
                .or(() -> found)
                .orElse(URI.create("http://127.0.0.1:8081/apis/ccompat/v7"));
    }

    private static URI address(String text) {
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!bare.matches("https?://[^\\s]+")) {
            throw new NotUnderstood("'%s' is no address, expected http://host:port".formatted(text));
        }
        return URI.create(bare);
    }

    /** Addresses by name, of all that runs in one process, or of each process for itself. */
    private static Map<String, URI> parts(Path data) throws IOException {
        Map<String, URI> parts = new TreeMap<>();
        Properties run = read(data.resolve("run/platform.properties"));
        int count = Integer.parseInt(run.getProperty("parts", "0"));
        for (int i = 0; i < count; i++) {
            String address = run.getProperty("part.%d.address".formatted(i), "");
            parts.put(run.getProperty("part.%d.name".formatted(i), ""), URI.create(address));
        }
        if (parts.isEmpty() && Files.isDirectory(data.resolve("run"))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(data.resolve("run"), "*.properties")) {
                for (Path file : files) {
                    Properties process = read(file);
                    if (process.getProperty("name") != null) {
                        parts.put(process.getProperty("name"), URI.create(process.getProperty("address", "")));
                    }
                }
            }
        }
        return parts;
    }

    private static Optional<URI> find(Map<String, URI> parts, Pattern name) {
        return parts.entrySet().stream()
                .filter(part -> name.matcher(part.getKey()).matches())
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String state(Path data) throws IOException {
        return read(data.resolve("run/platform.properties")).getProperty("state", "");
    }

    private static Properties read(Path file) throws IOException {
        var lines = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                lines.load(in);
            }
        }
        return lines;
    }
}
