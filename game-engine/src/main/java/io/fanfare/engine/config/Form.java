package io.fanfare.engine.config;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one declaration of an object of configuration or input: from it the object is read, and from it comes the JSON Schema
 * that is published.
 *
 * <pre>{@code
 * static final Form<Slot> SLOT = Form.of("one slot of the wheel", lines -> {
 *     var weight = lines.required("probability", Kind.weight(), "its share, in proportion to the others");
 *     var index = lines.optional("slot_index", Kind.integer(0, 999), 0L, "where the wheel stops");
 *     return filled -> new Slot(filled.get(weight), filled.get(index));
 * });
 * }</pre>
 *
 * @param <T> what it is read into
 */
public final class Form<T> {

    private final String about;
    private final List<Line<?>> lines;
    private final Function<Filled, T> make;
    private final boolean isLenient;

    private Form(String about, List<Line<?>> lines, Function<Filled, T> make, boolean isLenient) {
        this.about = about;
        this.lines = List.copyOf(lines);
        this.make = make;
        this.isLenient = isLenient;
    }

    /**
     * @param about what the object is, for the one who fills it in
     * @param layout declares the lines and says what is made of them; it may refuse them by name, beyond what their kinds say
     */
    public static <T> Form<T> of(String about, Function<Lines, Function<Filled, T>> layout) {
        var lines = new Lines();
        Function<Filled, T> make = layout.apply(lines);
        return new Form<>(about, lines.declared, make, false);
    }

    /** The same, but with fields beside its own that are nobody's business. */
    public static <T> Form<T> lenient(Form<T> form) {
        return new Form<>(form.about, form.lines, form.make, true);
    }

    /** For what has nothing to configure. */
    public static <T> Form<T> empty(String about, T value) {
        return of(about, _ -> _ -> value);
    }

    /** Declares the fields of a form. */
    public static final class Lines {

        private final List<Line<?>> declared = new ArrayList<>();

        private Lines() {}

        public <V> Line<V> required(String name, Kind<V> kind, String about) {
            return add(new Line<>(name, kind, about, null, true));
        }

        /** @param whenAbsent what a missing field or null stands for */
        public <V> Line<V> optional(String name, Kind<V> kind, V whenAbsent, String about) {
            return add(new Line<>(name, kind, about, whenAbsent, false));
        }

        /** Empty where the field is missing or null. */
        public <V> Line<Optional<V>> optional(String name, Kind<V> kind, String about) {
            return add(new Line<>(name, kind.as(Optional::of), about, Optional.empty(), false));
        }

        private <V> Line<V> add(Line<V> line) {
            declared.add(line);
            return line;
        }
    }

    /** One declared field. */
    public static final class Line<V> {

        private final String name;
        private final Kind<V> kind;
        private final String about;
        private final @Nullable V whenAbsent;
        private final boolean isRequired;

        private Line(String name, Kind<V> kind, String about, @Nullable V whenAbsent, boolean isRequired) {
            this.name = name;
            this.kind = kind;
            this.about = about;
            this.whenAbsent = whenAbsent;
            this.isRequired = isRequired;
        }

        private V read(String path, @Nullable Object value) {
            if (value != null) {
                return kind.read(path, value);
            }
            if (isRequired) {
                throw new FieldsRefused(path, "is missing");
            }
            return requireNonNull(whenAbsent, name);
        }

        private Map<String, Object> schema() {
            var schema = new LinkedHashMap<>(kind.schema());
            schema.put("description", about);
            if (whenAbsent instanceof Long || whenAbsent instanceof Boolean || whenAbsent instanceof String) {
                schema.put("default", whenAbsent);
            }
            return Collections.unmodifiableMap(schema);
        }
    }

    /** The fields as they were read. */
    public static final class Filled {

        private final String path;
        private final Map<Line<?>, Object> values = new LinkedHashMap<>();

        private Filled(String path) {
            this.path = path;
        }

        public <V> V get(Line<V> line) {
            @SuppressWarnings("unchecked") // read by the line itself
            V value = (V) requireNonNull(values.get(line), line.name);
            return value;
        }

        /** A refusal for a rule that goes beyond one field's kind. */
        public FieldsRefused refused(Line<?> line, String description) {
            return new FieldsRefused(inside(path, line.name), description);
        }
    }

    /** The names of its fields. */
    public Set<String> names() {
        var names = new LinkedHashSet<String>();
        lines.forEach(line -> names.add(line.name));
        return Collections.unmodifiableSet(names);
    }

    /**
     * Reads the whole document; every field that is wrong, missing or unknown is named.
     *
     * @param path what stands before the names in a refusal; may be empty
     * @throws FieldsRefused with all of them
     */
    public T read(String path, Document document) {
        return readObject(path, document.values());
    }

    /** Reads its own fields out of a document that others read too: what it does not know is theirs to judge. */
    public T readPart(String path, Document document) {
        return fill(path, document.values(), new ArrayList<>());
    }

    /** The JSON Schema (2020-12) of the whole document. */
    public Document schema() {
        return schemaOf(List.of(this), true);
    }

    /** The JSON Schema of a document that all of these read. */
    static Document schemaOf(List<? extends Form<?>> forms, boolean isClosed) {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put(
                "description",
                String.join("; ", forms.stream().map(Form::about).distinct().toList()));
        schema.putAll(objectSchema(allLines(forms), isClosed));
        return new Document(Map.copyOf(schema));
    }

    Map<String, Object> objectSchema() {
        var schema = new LinkedHashMap<String, Object>();
        schema.put("description", about);
        schema.putAll(objectSchema(lines, !isLenient));
        return Collections.unmodifiableMap(schema);
    }

    T readObject(String path, Map<String, @Nullable Object> values) {
        var unknown = new ArrayList<FieldViolation>();
        Set<String> names = names();
        values.keySet().stream()
                .filter(name -> !isLenient && !names.contains(name))
                .forEach(name -> unknown.add(new FieldViolation(inside(path, name), "is not known")));
        return fill(path, values, unknown);
    }

    private T fill(String path, Map<String, @Nullable Object> values, List<FieldViolation> violations) {
        var filled = new Filled(path);
        for (Line<?> line : lines) {
            try {
                filled.values.put(line, line.read(inside(path, line.name), values.get(line.name)));
            } catch (FieldsRefused refused) {
                violations.addAll(refused.violations());
            }
        }
        FieldsRefused.throwAny(violations);
        return make.apply(filled);
    }

    private static Map<String, Object> objectSchema(List<? extends Line<?>> lines, boolean isClosed) {
        var properties = new LinkedHashMap<String, Object>();
        var required = new LinkedHashSet<String>();
        for (Line<?> line : lines) {
            properties.putIfAbsent(line.name, line.schema());
            if (line.isRequired) {
                required.add(line.name);
            }
        }
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.copyOf(required),
                "additionalProperties",
                !isClosed);
    }

    private static List<Line<?>> allLines(List<? extends Form<?>> forms) {
        var all = new ArrayList<Line<?>>();
        forms.forEach(form -> all.addAll(form.lines()));
        return all;
    }

    private String about() {
        return about;
    }

    List<Line<?>> lines() {
        return lines;
    }

    static String inside(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
