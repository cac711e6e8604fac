package io.fanfare.streams.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.caller.Allows;
import io.fanfare.edge.caller.Caller;
import io.fanfare.edge.caller.Role;
import io.fanfare.edge.error.Refused;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.query.Peers;
import io.fanfare.streams.runtime.KafkaSettings;
import io.fanfare.streams.runtime.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.query.QueryResult;
import org.apache.kafka.streams.query.RangeQuery;
import org.apache.kafka.streams.query.StateQueryRequest;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What a tenant's wallets hold together: every task's slice, summed. A sheet that lacks a slice is no answer. */
@RestController
final class SheetQueries {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final long ANSWER_WITHIN_SECONDS = 5;
    private static final String SLICE = "/state/v1/balance-sheets/slice";
    private static final TypeReference<Envelope<SheetSlice>> SLICE_ANSWER = new TypeReference<>() {};

    private final RunningApp app;
    private final Peers peers;
    private final KafkaSettings kafka;
    private final JsonMapper json;
    private volatile int knownPartitions;

    SheetQueries(@Qualifier("wallets") RunningApp app, Peers peers, KafkaSettings kafka, JsonMapper json) {
        this.app = app;
        this.peers = peers;
        this.kafka = kafka;
        this.json = json;
    }

    /** @param sheets one per currency */
    record Sheets(List<Sheet> sheets) {}

    /** @param balanced whether everything that is there came from somewhere */
    record Sheet(String currency, BalanceSheet totals, boolean balanced) {}

    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping("/state/v1/balance-sheets")
    Envelope<Sheets> sheets(Caller caller, HttpServletRequest request) {
        List<SheetSlice> slices = new ArrayList<>();
        for (HostInfo instance : instances()) {
            slices.add(instance.equals(app.self()) ? here(caller.tenant()) : there(instance, request));
        }
        SheetSlice all = SheetSlice.sum(slices);
        requireEachOnce(all.partitions(), partitions());
        return Envelope.ok(of(all));
    }

    /** What this instance has; asked by the others, and asking nobody. */
    @Allows({Role.MACHINE, Role.ADMIN})
    @GetMapping(SLICE)
    Envelope<SheetSlice> slice(Caller caller) {
        return Envelope.ok(here(caller.tenant()));
    }

    static Sheets of(SheetSlice all) {
        return new Sheets(new TreeMap<>(all.sheets())
                .entrySet().stream()
                        .map(sheet -> new Sheet(
                                sheet.getKey(),
                                sheet.getValue(),
                                sheet.getValue().isBalanced()))
                        .toList());
    }

    /** A slice that is missing, or that answers twice while it moves, would make the sheet wrong. */
    static void requireEachOnce(List<Integer> answered, int partitions) {
        if (!answered.equals(IntStream.range(0, partitions).boxed().toList())) {
            throw unavailable(
                    "are moving or restoring: %d of %d slices answered".formatted(answered.size(), partitions));
        }
    }

    /** The sheets of a tenant in one partition. */
    static SheetSlice slice(TenantId tenant, int partition, KeyValueIterator<String, BalanceSheet> stored) {
        Map<String, BalanceSheet> sheets = new TreeMap<>();
        int prefix = TaskSheets.prefix(tenant).length();
        stored.forEachRemaining(sheet -> sheets.put(sheet.key.substring(prefix), sheet.value));
        return new SheetSlice(List.of(partition), sheets);
    }

    private SheetSlice here(TenantId tenant) {
        List<SheetSlice> slices = new ArrayList<>();
        RangeQuery<String, BalanceSheet> query =
                RangeQuery.withRange(TaskSheets.prefix(tenant), TaskSheets.behind(tenant));
        try {
            var request = StateQueryRequest.inStore(WalletStores.SHEETS)
                    .withQuery(query)
                    .requireActive();
            for (var found : streams().query(request).getPartitionResults().entrySet()) {
                QueryResult<KeyValueIterator<String, BalanceSheet>> result = found.getValue();
                if (result.isSuccess()) {
                    try (KeyValueIterator<String, BalanceSheet> stored = result.getResult()) {
                        slices.add(slice(tenant, found.getKey(), stored));
                    }
                }
            }
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable("are not running: " + e.getMessage());
        }
        return SheetSlice.sum(slices);
    }

    private SheetSlice there(HostInfo instance, HttpServletRequest request) {
        return peers.ask(instance, SLICE, request)
                .filter(answer -> answer.status() == 200)
                .map(answer -> json.readValue(answer.body(), SLICE_ANSWER).data())
                .orElse(SheetSlice.NONE);
    }

    private List<HostInfo> instances() {
        try {
            return streams().streamsMetadataForStore(WalletStores.SHEETS).stream()
                    .map(StreamsMetadata::hostInfo)
                    .toList();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable("are not running: " + e.getMessage());
        }
    }

    private KafkaStreams streams() {
        return app.streams().orElseThrow(() -> unavailable("are not running"));
    }

    /** Asked of the broker once, since it never changes. */
    private int partitions() {
        if (knownPartitions == 0) {
            knownPartitions = askForPartitions();
        }
        return knownPartitions;
    }

    private int askForPartitions() {
        String commands = Topics.WALLET_COMMANDS.name();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrap()))) {
            var described = admin.describeTopics(List.of(commands)).allTopicNames();
            return requireNonNull(
                            described
                                    .get(ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                                    .get(commands),
                            commands)
                    .partitions()
                    .size();
        } catch (ExecutionException | TimeoutException e) {
            throw unavailable("cannot be counted: " + e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw unavailable("cannot be counted: interrupted");
        }
    }

    private static Refused unavailable(String why) {
        return Refused.unavailable("the wallets " + why, RETRY_AFTER);
    }
}
