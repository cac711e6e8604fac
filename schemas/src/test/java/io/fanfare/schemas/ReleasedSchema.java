package io.fanfare.schemas;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.avro.Schema;

/** A version of a record that somebody may have written: a file {@code released/<record>/v<n>.avsc}, never changed again. */
record ReleasedSchema(int version, Schema schema) {

    private static final Path RELEASED = Path.of("released");
    private static final Path SOURCES = Path.of("src", "main", "avro");

    static Set<String> names() {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.map(folder -> folder.getFileName().toString()).collect(toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All versions of a record, the first one first; none where it was never released. */
    static List<ReleasedSchema> of(String record) {
        Path folder = RELEASED.resolve(record);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(ReleasedSchema::read)
                    .sorted(Comparator.comparingInt(ReleasedSchema::version))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The record as it stands in the sources, from which the generated classes come. */
    static Schema source(String record) {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(ReleasedSchema::parsed)
                    .filter(schema -> schema.getName().equals(record))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ReleasedSchema read(Path file) {
        String name = file.getFileName().toString();
        if (!name.matches("v[1-9][0-9]*\\.avsc")) {
            throw new IllegalArgumentException("released schema is '%s', expected v<n>.avsc".formatted(file));
        }
        int version = Integer.parseInt(name.substring(1, name.length() - ".avsc".length()));
        return new ReleasedSchema(version, parsed(file));
    }

    private static Schema parsed(Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
