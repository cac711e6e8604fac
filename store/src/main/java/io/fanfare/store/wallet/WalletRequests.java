package io.fanfare.store.wallet;

import io.fanfare.engine.identity.TenantId;
import io.fanfare.store.Database;
import io.fanfare.store.wallet.WalletRequests.Given.New;
import io.fanfare.store.wallet.WalletRequests.Given.Other;
import io.fanfare.store.wallet.WalletRequests.Given.Repeated;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DuplicateKeyException;

/**
 * Gives commands that requests ask for, each in a transaction of its own with what is written beside it. The same request gives one
 * command, however often it comes.
 */
public final class WalletRequests {

    private final Database database;
    private final WalletCommands commands;

    /** What a request came to. */
    public sealed interface Given {

        record New(WrittenCommand command) implements Given {}

        /** The same request gave it before. */
        record Repeated(WrittenCommand command) implements Given {}

        /** Another request gave the command that has this id. */
        record Other() implements Given {}
    }

    /** What is written beside a command, before its wallet is locked; nothing where the request is repeated. */
    public interface Beside {

        void write(TenantId tenant);

        Beside NOTHING = _ -> {};
    }

    public WalletRequests(Database database, WalletCommands commands) {
        this.database = database;
        this.commands = commands;
    }

    /**
     * What the same request gave before, for requests whose id and hash say all that they ask for. Empty where none of that id gave
     * anything.
     *
     * @param askedBy hash of the request
     */
    public Optional<Given> before(TenantId tenant, UUID id, String askedBy) {
        return commands.find(tenant, id)
                .map(known -> askedBy.equals(known.awaitedBy()) ? new Repeated(known) : new Other());
    }

    public Given give(WalletOrder order, Beside beside) {
        TenantId tenant = order.wallet().tenant();
        return database.inTransactionOrAgain(() -> {
            Optional<WrittenCommand> known = commands.find(tenant, order.id());
            if (known.isPresent()) {
                return again(order, known.get());
            }
            try {
                beside.write(tenant);
            } catch (DuplicateKeyException e) {
                throw new ConcurrencyFailureException("the same request is under way", e);
            }
            return new New(commands.write(List.of(order)).getFirst());
        });
    }

    private static Given again(WalletOrder order, WrittenCommand known) {
        return Objects.equals(order.awaitedBy(), known.awaitedBy())
                        && order.wallet().equals(known.wallet())
                ? new Repeated(known)
                : new Other();
    }
}
