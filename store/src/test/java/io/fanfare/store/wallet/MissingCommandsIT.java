package io.fanfare.store.wallet;

import static io.fanfare.store.Definitions.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletCommand.Credit;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletNoOp;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.OnEveryDatabase;
import io.fanfare.store.StoreServer;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.MissingCommands.Mended;
import io.fanfare.store.wallet.MissingCommands.Mended.Filled;
import io.fanfare.store.wallet.MissingCommands.Mended.NeverGiven;
import io.fanfare.store.wallet.MissingCommands.Mended.PublishedAgain;
import io.fanfare.store.wallet.MissingCommands.Wish;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@OnEveryDatabase
class MissingCommandsIT {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");
    private static final WalletId ADA = new WalletId(ACME, new PlayerId("ada"), new ScopeKey("camp_1"));

    private final Database database;
    private final InMemoryRegistry registry = new InMemoryRegistry();
    private final WalletCommands commands;
    private final MissingCommands missing;
    private final List<UUID> besides = new ArrayList<>();

    MissingCommandsIT(StoreServer server) {
        this.database = server.fresh();
        var outbox = new Outbox(database, registry);
        this.commands = new WalletCommands(database, outbox);
        this.missing = new MissingCommands(database, outbox, commands, registry);
    }

    @Test
    void a_command_that_is_lost_for_good_is_replaced_by_one_that_does_nothing() {
        credit(3);
        lose(2);

        Mended mended = missing.mend(wish(2, 1), besides::add);

        assertThat(mended).isEqualTo(new Filled(new WrittenCommand(ADA, new UUID(7, 1), 2, "operator", true)));
        assertThat(besides).containsExactly(new UUID(7, 1));
        assertThat(published().getLast().getSequence()).isEqualTo(2);
        assertThat(published().getLast().getAction()).isEqualTo(new WalletNoOp());
        assertThat(commands.find(ACME, new UUID(7, 1))).isPresent();
        assertThat(database.inTransaction(() -> commands.write(order())).number())
                .isEqualTo(4);
    }

    @Test
    void a_command_that_is_kept_is_published_again_as_it_was() {
        credit(2);

        Mended mended = missing.mend(wish(2, 1), besides::add);

        List<WalletCommand> published = published();
        assertThat(published).hasSize(3);
        assertThat(published.getLast()).isEqualTo(published.get(1));
        assertThat(mended)
                .isEqualTo(new PublishedAgain(UUID.fromString(published.get(1).getCommandId())));
        assertThat(commands.find(ACME, new UUID(7, 1))).isEmpty();
    }

    @Test
    void a_number_that_no_command_has_had_yet_is_not_missing() {
        assertThat(missing.mend(wish(1, 1), besides::add)).isEqualTo(new NeverGiven(0));
        credit(2);
        assertThat(missing.mend(wish(3, 1), besides::add)).isEqualTo(new NeverGiven(2));

        assertThat(published()).hasSize(2);
        assertThat(besides).isEmpty();
    }

    @Test
    void of_many_who_fill_a_hole_at_once_one_does_and_the_others_publish_what_it_filled_it_with() throws Exception {
        credit(2);
        lose(1);
        List<Callable<Mended>> calls = IntStream.range(0, 8)
                .<Callable<Mended>>mapToObj(i -> () -> missing.mend(wish(1, i), _ -> {}))
                .toList();

        List<Mended> mended;
        try (var threads = Executors.newFixedThreadPool(8)) {
            mended = threads.invokeAll(calls).stream().map(Future::resultNow).toList();
        }

        assertThat(mended).filteredOn(Filled.class::isInstance).hasSize(1);
        assertThat(mended).filteredOn(PublishedAgain.class::isInstance).hasSize(7);
        assertThat(published().stream()
                        .filter(command -> command.getAction() instanceof WalletNoOp)
                        .map(WalletCommand::getCommandId)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void what_fails_beside_it_leaves_the_hole() {
        credit(2);
        lose(1);

        assertThatThrownBy(() -> missing.mend(wish(1, 1), _ -> {
                    throw new IllegalStateException("no room for the reason");
                }))
                .hasMessage("no room for the reason");

        assertThat(commands.find(ACME, new UUID(7, 1))).isEmpty();
        assertThat(published()).hasSize(2);
    }

    private void credit(int times) {
        for (int i = 0; i < times; i++) {
            database.inTransaction(() -> commands.write(order()));
        }
    }

    private void lose(long number) {
        database.jdbc()
                .sql("delete from wallet_command where tenant_id = ? and number = ?")
                .param(ACME.value())
                .param(number)
                .update();
    }

    private static Wish wish(long number, int id) {
        return new Wish(ADA, number, new UUID(7, id), new Cause("fill", "wact_1"), "operator", null, NOON);
    }

    private static WalletOrder order() {
        var five = new Credit(List.of(new Money(new Currency("points"), 5)));
        return new WalletOrder(ADA, UUID.randomUUID(), new Cause("credit", "order-7"), five, null, "00-trace", NOON);
    }

    private List<WalletCommand> published() {
        try (var serde = Topics.WALLET_COMMANDS.valueSerde(registry)) {
            return database.jdbc()
                    .sql(
                            "select payload from outbox where aggregatetype = 'fanfare.wallet-commands.v1' order by position")
                    .query((row, _) -> serde.deserializer().deserialize(Topics.WALLET_COMMANDS.name(), row.getBytes(1)))
                    .list();
        }
    }
}
