package io.fanfare.play.docs;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.NamingBase;
import io.fanfare.engine.config.Document;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says what the records say: a component that may be null is one, any other is always there, and a document is any object. */
final class RecordSchemas implements ModelConverter {

    private static final String NULL = "null";
    private static final NamingBase NAMES = (NamingBase) PropertyNamingStrategies.SNAKE_CASE;

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> resolved = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        Class<?> rawClass = Json.mapper().constructType(type.getType()).getRawClass();
        if (resolved != null && rawClass.isRecord()) {
            Schema<?> model = definition(resolved, context);
            if (model != null && model.getProperties() != null) {
                describe(rawClass, model);
            }
        }
        return resolved;
    }

    private static @Nullable Schema<?> definition(Schema<?> resolved, ModelConverterContext context) {
        String reference = resolved.get$ref();
        return reference == null
                ? resolved
                : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void describe(Class<?> record, Schema<?> model) {
        var properties = model.getProperties();
        Set<String> required = new LinkedHashSet<>();
        for (RecordComponent component : record.getRecordComponents()) {
            String name = NAMES.translate(component.getName());
            Schema<?> property = properties.get(name);
            if (property != null) {
                boolean isNullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
                Schema<?> described = isAnyObject(component.getType()) ? anyObject() : property;
                properties.put(name, isNullable ? orNull(described) : described);
                if (!isNullable) {
                    required.add(name);
                }
            }
        }
        model.setRequired(required.isEmpty() ? null : List.copyOf(required));
    }

    private static boolean isAnyObject(Class<?> type) {
        return type == Document.class || type == Map.class;
    }

    private static Schema<?> anyObject() {
        Schema<?> any = new Schema<>();
        any.addType("object");
        any.setAdditionalProperties(true);
        return any;
    }

    private static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            Schema<?> nothing = new Schema<>();
            nothing.addType(NULL);
            return new Schema<>().anyOf(List.of(schema, nothing));
        }
        schema.addType(NULL);
        return schema;
    }
}
