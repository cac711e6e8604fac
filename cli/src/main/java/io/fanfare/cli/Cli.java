package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.KafkaException;

/**
 * The program behind {@code ./fanfare play}, {@code tail}, {@code dlq}, {@code clock}, {@code wallet} and {@code rebuild}.
 *
 * <p>Exit codes: 0 done; 1 not possible, or the platform said no (the reason is on the error output; with {@code --json} the API's
 * envelope is on the output); 2 not understood.
 */
public final class Cli {

    static final int DONE = 0;
    static final int NOT_POSSIBLE = 1;
    static final int NOT_UNDERSTOOD = 2;

    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> environment;

    /** @param environment in which addresses may be given, in the names that the services know */
    public Cli(PrintStream out, PrintStream err, Map<String, String> environment) {
        this.out = out;
        this.err = err;
        this.environment = Map.copyOf(environment);
    }

    /** See the class. */
    public static void main(String[] words) {
        int code;
        try (var out = new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8)) {
            code = new Cli(out, System.err, System.getenv()).run(List.of(words));
        }
        System.exit(code);
    }

    /** Does what the words say, and returns the exit code. */
    public int run(List<String> words) {
        try {
            if (words.isEmpty()) {
                throw new NotUnderstood("expected a command: play, tail, dlq, clock, wallet or rebuild");
            }
            return command(words.getFirst(), words.subList(1, words.size()));
        } catch (NotUnderstood e) {
            err.println(e.getMessage());
            return NOT_UNDERSTOOD;
        } catch (RefusedByApi e) {
            err.println(e.getMessage());
            if (words.contains("--json")) {
                ObjectNode refused = Json.object();
                refused.set("refused", e.json());
                out.println(Json.pretty(refused));
            }
            return NOT_POSSIBLE;
        } catch (CannotDo e) {
            err.println(e.getMessage());
            return NOT_POSSIBLE;
        } catch (IOException | KafkaException | RegistryUnavailable e) {
            err.println("the platform cannot be used now: " + e);
            return NOT_POSSIBLE;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            err.println("interrupted");
            return NOT_POSSIBLE;
        } finally {
            out.flush();
        }
    }

    private int command(String name, List<String> rest) throws IOException, InterruptedException {
        return switch (name) {
            case "play" -> new PlayCommand(out).run(rest, environment);
            case "tail" -> new TailCommand(out, err).run(rest, environment);
            case "dlq" -> new DeadLetterCommand(out, err).run(rest, environment);
            case "clock" -> new ClockCommand(out).run(rest, environment);
            case "wallet" -> new WalletCommand(out).run(rest, environment);
            case "rebuild" -> new RebuildCommand(out, err).run(rest, environment);
            default ->
                throw new NotUnderstood(
                        "there is no command '%s': play, tail, dlq, clock, wallet or rebuild".formatted(name));
        };
    }

    static Set<String> with(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return all;
    }
}
