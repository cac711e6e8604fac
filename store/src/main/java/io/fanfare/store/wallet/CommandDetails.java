package io.fanfare.store.wallet;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.HoldId;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletConvert;
import io.fanfare.events.WalletHold;
import io.fanfare.events.WalletHoldPost;
import io.fanfare.events.WalletHoldVoid;
import io.fanfare.events.WalletReverse;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What commands say that is not in their entries: at which rate a conversion was made, whatever the rates are now, which hold was
 * placed or ended, and what a reversal undid.
 */
public final class CommandDetails {

    private final Database database;
    private final RecordReader<WalletCommand> reader;

    /** A command, by its place in its wallet. */
    public record Place(WalletId wallet, long number) {}

    /**
     * Of one command: at most one of them.
     *
     * @param reverses numbers of the commands that it undid; none where it is no reversal
     */
    public record Detail(
            @Nullable ConversionRate rate, @Nullable HoldId hold, List<Long> reverses) {

        static final Detail NONE = new Detail(null, null, List.of());

        public Detail {
            reverses = List.copyOf(reverses);
        }

        static Detail of(HoldId hold) {
            return new Detail(null, hold, List.of());
        }
    }

    public CommandDetails(Database database, SchemaRegistry registry) {
        this.database = database;
        this.reader = new RecordReader<>(Topics.WALLET_COMMANDS, registry);
    }

    /** The details of each of these commands that has any. */
    public Map<Place, Detail> at(Collection<Place> places) {
        if (places.isEmpty()) {
            return Map.of();
        }
        return database
                .jdbc()
                .sql("""
                        select payload from wallet_command
                        where (tenant_id, scope_key, player_id, number) in (:places)
                        """)
                .param(
                        "places",
                        places.stream()
                                .map(place -> new Object[] {
                                    place.wallet().tenant().value(),
                                    place.wallet().scope().value(),
                                    place.wallet().player().value(),
                                    place.number()
                                })
                                .toList())
                .query((row, _) -> reader.read(row.getBytes("payload")))
                .list()
                .stream()
                .filter(command -> !detail(command).equals(Detail.NONE))
                .collect(toMap(CommandDetails::place, CommandDetails::detail));
    }

    /** The rate of a conversion; empty where the command is none. */
    public Optional<ConversionRate> rate(TenantId tenant, UUID command) {
        return database.jdbc()
                .sql("select payload from wallet_command where tenant_id = :tenant and command_id = :command")
                .param("tenant", tenant.value())
                .param("command", command)
                .query((row, _) -> reader.read(row.getBytes("payload")))
                .optional()
                .map(CommandDetails::detail)
                .flatMap(detail -> Optional.ofNullable(detail.rate()));
    }

    private static Detail detail(WalletCommand command) {
        return switch (command.getAction()) {
            case WalletConvert convert ->
                new Detail(new ConversionRate(convert.getRateFrom(), convert.getRateTo()), null, List.of());
            case WalletHold hold -> Detail.of(new HoldId(hold.getHoldId()));
            case WalletHoldPost post -> Detail.of(new HoldId(post.getHoldId()));
            case WalletHoldVoid voided -> Detail.of(new HoldId(voided.getHoldId()));
            case WalletReverse reverse -> new Detail(null, null, reverse.getSequences());
            default -> Detail.NONE;
        };
    }

    private static Place place(WalletCommand command) {
        return new Place(
                new WalletId(
                        new TenantId(command.getTenantId()),
                        new PlayerId(command.getPlayerId()),
                        new ScopeKey(command.getScopeKey())),
                command.getSequence());
    }
}
