package io.fanfare.worker.granting.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.topic.Received;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.Migrations;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.CommandsInSight;
import io.fanfare.store.wallet.Transfers;
import io.fanfare.store.wallet.WalletCommands;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TransferLegsIT {

    private EmbeddedPostgres postgres;
    private TransferLegs legs;

    @BeforeEach
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        new Migrations(postgres.getPostgresDatabase()).run();
        Database database = Database.over(postgres.getPostgresDatabase());
        var commands = new WalletCommands(database, new Outbox(database, new InMemoryRegistry()));
        var inSight = new CommandsInSight(database, Duration.ofMillis(20));
        legs = new TransferLegs(
                new Transfers(database, commands, inSight, Clock.systemUTC()), new SimpleMeterRegistry());
    }

    @AfterEach
    void stop() throws IOException {
        postgres.close();
    }

    @Test
    void a_word_about_a_transfer_that_is_not_there_is_a_dead_letter_and_what_is_none_of_a_transfer_is_not() {
        assertThat(legs.handle(List.of(posted(0, "play"), posted(1, "transfer"), posted(2, "spend"))))
                .extracting(poison -> poison.source().offset())
                .containsExactly(1L);
    }

    private static Received<SpecificRecord> posted(long offset, String reason) {
        var value = WalletPosted.newBuilder()
                .setCommandId(UUID.randomUUID().toString())
                .setTenantId("acme")
                .setScopeKey("camp_1")
                .setPlayerId("ada")
                .setSequence(1)
                .setOccurredAt(Instant.parse("2026-03-01T12:00:00Z"))
                .setReason(reason)
                .setRefId("tr_nowhere")
                .setEntries(List.of(new WalletEntry("points", -5L, "transfer", 7L, "available", List.of())))
                .build();
        return new Received<>(
                new ConsumerRecord<>(Topics.WALLET_ENTRIES.name(), 0, offset, new byte[0], new byte[0]), value);
    }
}
