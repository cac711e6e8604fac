package io.fanfare.store.wallet;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.ConversionRate;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletConvert;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import io.fanfare.store.Database;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** At which rates conversions were made: each command says its own, whatever the rates are now. */
public final class AppliedRates {

    private final Database database;
    private final RecordReader<WalletCommand> reader;

    /** A command, by its place in its wallet. */
    public record Place(WalletId wallet, long number) {}

    public AppliedRates(Database database, SchemaRegistry registry) {
        this.database = database;
        this.reader = new RecordReader<>(Topics.WALLET_COMMANDS, registry);
    }

    /** The rate of each of these commands that is a conversion. */
    public Map<Place, ConversionRate> at(Collection<Place> places) {
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
                .flatMap(AppliedRates::rate)
                .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The rate of a conversion; empty where the command is none. */
    public Optional<ConversionRate> of(TenantId tenant, UUID command) {
        return database.jdbc()
                .sql("select payload from wallet_command where tenant_id = :tenant and command_id = :command")
                .param("tenant", tenant.value())
                .param("command", command)
                .query((row, _) -> reader.read(row.getBytes("payload")))
                .optional()
                .flatMap(kept -> Optional.ofNullable(rateOf(kept)));
    }

    private static Stream<Map.Entry<Place, ConversionRate>> rate(WalletCommand command) {
        ConversionRate rate = rateOf(command);
        return rate == null ? Stream.of() : Stream.of(Map.entry(place(command), rate));
    }

    private static @Nullable ConversionRate rateOf(WalletCommand command) {
        return command.getAction() instanceof WalletConvert convert
                ? new ConversionRate(convert.getRateFrom(), convert.getRateTo())
                : null;
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
