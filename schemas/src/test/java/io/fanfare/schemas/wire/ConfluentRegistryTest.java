package io.fanfare.schemas.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.wire.SchemaRegistry.RegistryUnavailable;
import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConfluentRegistryTest extends SchemaRegistryContract {

    private static final String SUBJECT = "fanfare.wallet-commands.v1-WalletCommand";

    private final RegistryOverHttp server;
    private final ConfluentRegistry registry;

    ConfluentRegistryTest() throws IOException {
        server = new RegistryOverHttp();
        registry = new ConfluentRegistry(server.address());
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Override
    SchemaRegistry registry() {
        return registry;
    }

    @Test
    void asks_once_for_each_schema() {
        int id = registry.register(SUBJECT, WalletCommand.getClassSchema());
        registry.schema(id);
        int asked = server.requests();

        registry.register(SUBJECT, WalletCommand.getClassSchema());
        registry.schema(id);

        assertThat(server.requests()).isEqualTo(asked);
    }

    @Test
    void that_fails_is_unavailable_and_not_ignorant() {
        server.breakDown();

        assertThatThrownBy(() -> registry.schema(1))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("500");
    }

    @Test
    void that_is_somebody_else_is_unavailable_and_not_ignorant() {
        var elsewhere = new ConfluentRegistry(URI.create(server.address() + "/nowhere"));

        assertThatThrownBy(() -> elsewhere.schema(1)).isInstanceOf(RegistryUnavailable.class);
    }

    @Test
    void that_is_gone_is_unavailable() {
        server.close();

        assertThatThrownBy(() -> registry.schema(1)).isInstanceOf(RegistryUnavailable.class);
        assertThatThrownBy(() -> registry.register(SUBJECT, WalletCommand.getClassSchema()))
                .isInstanceOf(RegistryUnavailable.class);
        assertThat(registry.isReachable()).isFalse();
    }

    @Test
    void that_answers_is_reachable() {
        assertThat(registry.isReachable()).isTrue();
    }
}
