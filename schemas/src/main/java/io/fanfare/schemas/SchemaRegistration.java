package io.fanfare.schemas;

import io.fanfare.schemas.wire.SchemaRegistry;

/** Makes every schema of the catalogue known to a registry, so that no first record has to wait for it. */
public final class SchemaRegistration {

    private SchemaRegistration() {}

    /**
     * Registers all of them; repeating it changes nothing.
     *
     * @throws SchemaRegistry.SchemaRefused where one is incompatible with what the registry holds
     * @throws SchemaRegistry.RegistryUnavailable where the registry does not answer
     */
    public static void registerAll(SchemaRegistry registry) {
        Topics.all()
                .forEach(topic -> topic.schemas().forEach(schema -> registry.register(topic.subject(schema), schema)));
    }
}
