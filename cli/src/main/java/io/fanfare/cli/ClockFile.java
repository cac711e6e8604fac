package io.fanfare.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.function.UnaryOperator;

/** The file from which all services of the machine read by how much the platform's time is ahead. */
record ClockFile(Path path) {

    /** By how much the platform was ahead, and is now. */
    record Change(Duration before, Duration after) {}

    /** Changes what it says, one operator at a time; readers see the old or the new, never half of it. */
    Change change(UnaryOperator<Duration> change) throws IOException {
        try (var lock = FileChannel.open(
                        path.resolveSibling(path.getFileName() + ".lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                var held = lock.lock()) {
            if (!held.isValid()) {
                throw new IOException("the lock of %s was lost".formatted(path));
            }
            Duration before = read();
            Duration after = change.apply(before);
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(draft, after + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Change(before, after);
        }
    }

    private Duration read() throws IOException {
        try {
            String text = Files.readString(path).strip();
            return text.isEmpty() ? Duration.ZERO : Duration.parse(text);
        } catch (NoSuchFileException _) {
            return Duration.ZERO;
        } catch (DateTimeParseException e) {
            throw new CannotDo(
                    "%s says '%s', expected a duration; correct or delete it".formatted(path, e.getParsedString()), e);
        }
    }
}
