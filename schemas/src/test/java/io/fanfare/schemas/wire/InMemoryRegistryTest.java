package io.fanfare.schemas.wire;

class InMemoryRegistryTest extends SchemaRegistryContract {

    private final InMemoryRegistry registry = new InMemoryRegistry();

    @Override
    SchemaRegistry registry() {
        return registry;
    }
}
