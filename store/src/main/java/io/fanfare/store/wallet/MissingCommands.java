package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.WalletCommand.NoOp;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.outbox.OutboxEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mends a hole in the numbers of a wallet, behind which all its later commands wait. A command that is kept is published once more, as
 * it was; where the number was given and nothing is kept of it, the command is lost for good, and one that does nothing takes its place.
 */
public final class MissingCommands {

    private final Database database;
    private final Outbox outbox;
    private final WalletCommands commands;
    private final RecordReader<WalletCommand> reader;

    /**
     * What is to be mended.
     *
     * @param number that the wallet waits for
     * @param id of the command that does nothing, where it comes to that
     * @param cause of it
     */
    public record Wish(
            WalletId wallet,
            long number,
            UUID id,
            Cause cause,
            String awaitedBy,
            @Nullable String traceparent,
            Instant now) {
        public Wish {
            requireNonNull(wallet, "wallet");
            requireNonNull(id, "id");
            requireNonNull(cause, "cause");
            if (number < 1) {
                throw new IllegalArgumentException("number is %d, expected 1 or more".formatted(number));
            }
        }

        private WalletOrder noOp() {
            return new WalletOrder(wallet, id, cause, new NoOp(), awaitedBy, traceparent, now);
        }
    }

    /** What became of it. */
    public sealed interface Mended {

        /** The number is that of a command now that does nothing. */
        record Filled(WrittenCommand command) implements Mended {}

        /** The command was kept, and is on its way again. */
        record PublishedAgain(UUID command) implements Mended {}

        /**
         * No command has had the number yet, so none is missing.
         *
         * @param latest number that was given
         */
        record NeverGiven(long latest) implements Mended {}
    }

    private record Kept(
            UUID id, WalletCommand command, @Nullable String traceparent) {}

    public MissingCommands(Database database, Outbox outbox, WalletCommands commands, SchemaRegistry registry) {
        this.database = database;
        this.outbox = outbox;
        this.commands = commands;
        this.reader = new RecordReader<>(Topics.WALLET_COMMANDS, registry);
    }

    /**
     * Mends it. Whoever is about to give the wallet a command is waited for, so a number that is being used is no hole.
     *
     * @param beside is told the command's id and writes with it, all or nothing
     */
    public Mended mend(Wish wish, Consumer<UUID> beside) {
        return database.inTransactionOrAgain(() -> {
            long latest = lockedLatest(wish.wallet());
            if (wish.number() > latest) {
                return new Mended.NeverGiven(latest);
            }
            database.waitForTheLog();
            Kept kept = kept(wish).orElse(null);
            if (kept != null) {
                beside.accept(kept.id());
                outbox.write(event(wish.wallet(), kept));
                return new Mended.PublishedAgain(kept.id());
            }
            beside.accept(wish.id());
            return new Mended.Filled(commands.writeAt(wish.number(), wish.noOp()));
        });
    }

    private long lockedLatest(WalletId wallet) {
        return database.jdbc()
                .sql("""
                        select last_number from player_sequence
                        where tenant_id = :tenant and player_id = :player and stream = :stream
                        for update
                        """)
                .param("tenant", wallet.tenant().value())
                .param("player", wallet.player().value())
                .param("stream", WalletNumbers.stream(wallet.scope().value()))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }

    private Optional<Kept> kept(Wish wish) {
        return database.jdbc()
                .sql("""
                        select command_id, payload, traceparent from wallet_command
                        where tenant_id = :tenant and scope_key = :scope and player_id = :player and number = :number
                        """)
                .param("tenant", wish.wallet().tenant().value())
                .param("scope", wish.wallet().scope().value())
                .param("player", wish.wallet().player().value())
                .param("number", wish.number())
                .query((row, _) -> new Kept(
                        UUID.fromString(row.getString("command_id")),
                        reader.read(row.getBytes("payload")),
                        row.getString("traceparent")))
                .optional();
    }

    private static OutboxEvent<WalletCommand> event(WalletId wallet, Kept kept) {
        return OutboxEvent.keyed(
                wallet.tenant(),
                Topics.WALLET_COMMANDS,
                Topics.playerKey(wallet.tenant().value(), wallet.player().value()),
                kept.command(),
                kept.traceparent(),
                kept.command().getOccurredAt());
    }
}
