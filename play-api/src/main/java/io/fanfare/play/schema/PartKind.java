package io.fanfare.play.schema;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.shape.Shapes;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** The three kinds of parts that a game is made of. */
enum PartKind {
    HANDLER {
        @Override
        SortedSet<String> names(Shapes shapes) {
            return shapes.rewardHandlers();
        }

        @Override
        Optional<Document> schema(Shapes shapes, String name) {
            return shapes.rewardHandlerSchema(name);
        }
    },
    SEED {
        @Override
        SortedSet<String> names(Shapes shapes) {
            return shapes.seedGenerators();
        }

        @Override
        Optional<Document> schema(Shapes shapes, String name) {
            return shapes.seedGeneratorSchema(name);
        }
    },
    VALIDATOR {
        @Override
        SortedSet<String> names(Shapes shapes) {
            return shapes.validators();
        }

        @Override
        Optional<Document> schema(Shapes shapes, String name) {
            return shapes.validatorSchema(name);
        }
    };

    abstract SortedSet<String> names(Shapes shapes);

    abstract Optional<Document> schema(Shapes shapes, String name);

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<PartKind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
