package io.fanfare.bench.wallet;

import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.SchemaRegistry;

/** The schemas of the catalogue under the same ids in every process of a run, without a registry. */
final class Schemas {

    private Schemas() {}

    static SchemaRegistry known() {
        var registry = new InMemoryRegistry();
        Topics.all()
                .forEach(topic -> topic.schemas().forEach(schema -> registry.register(topic.subject(schema), schema)));
        return registry;
    }
}
