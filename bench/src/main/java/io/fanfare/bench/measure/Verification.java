package io.fanfare.bench.measure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.platform.Installation;
import io.fanfare.bench.verify.Report;
import io.fanfare.bench.verify.Verify;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Whether the platform was right after what was done to it. Figures are told in any case, and are void where it was not. */
public sealed interface Verification {

    Duration PATIENCE = Duration.ofMinutes(5);
    JsonMapper JSON = JsonMapper.builder().build();

    record Done(Report report) implements Verification {}

    /** Nobody could find out. */
    record Impossible(String why) implements Verification {}

    static Verification of(Installation installation, Path acks) throws InterruptedException {
        try {
            return new Done(new Verify(installation.target(), System.getenv("FANFARE_JWT_SECRET"), PATIENCE)
                    .run(Optional.of(acks)));
        } catch (IOException | SQLException | KafkaException | IllegalStateException e) {
            return new Impossible(e.toString());
        }
    }

    default boolean passed() {
        return switch (this) {
            case Done(Report report) -> report.passed();
            case Impossible _ -> false;
        };
    }

    default String text() {
        return switch (this) {
            case Done(Report report) -> report.table();
            case Impossible(String why) -> "the platform could not be verified: %s%n".formatted(why);
        };
    }

    default JsonNode json() throws IOException {
        return switch (this) {
            case Done(Report report) -> JSON.readTree(report.json());
            case Impossible(String why) -> JSON.createObjectNode().put("impossible", why);
        };
    }
}
