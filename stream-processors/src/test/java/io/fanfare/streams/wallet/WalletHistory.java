package io.fanfare.streams.wallet;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.BalanceSheet;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.RandomCommands;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.streams.wallet.RestartingWallets.Bug;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.errors.StreamsException;

/**
 * A random history of a few wallets in the whole topology, one after the other and mixed: records in, records out, restarts, time that
 * passes without commands. After each step a wallet must be what its naive ledger says, the world must have been told what
 * that ledger says of the command and of nobody else, entry by entry with the lots, and what was told must add up to the wallet, as the
 * wallets of a tenant must to its sheets.
 */
final class WalletHistory implements AutoCloseable {

    private static final List<WalletId> WALLETS = List.of(
            wallet("acme", "ada", "spring"),
            wallet("acme", "ada", "summer"),
            wallet("acme", "grace", "spring"),
            wallet("globex", "ada", "spring"));

    private final Random random;
    private final RestartingWallets restarting;
    private final Map<WalletId, AuditedWallet> wallets = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final int commandsEach;

    WalletHistory(long seed, Set<Bug> bugs, Path stateDir) {
        this.random = new Random(seed);
        this.restarting = new RestartingWallets(stateDir, bugs);
        List<WalletId> chosen = new ArrayList<>(WALLETS);
        Collections.shuffle(chosen, random);
        int count = 1 + random.nextInt(WALLETS.size());
        this.commandsEach = RandomCommands.COMMANDS / count;
        for (WalletId wallet : chosen.subList(0, count)) {
            var commands = new RandomCommands(random, commandsEach);
            wallets.put(wallet, new AuditedWallet(wallet, restarting, commands.delivery(), wrong));
        }
    }

    private static WalletId wallet(String tenant, String player, String scope) {
        return new WalletId(new TenantId(tenant), new PlayerId(player), new ScopeKey(scope));
    }

    /** What is wrong, or nothing. */
    List<String> run() {
        try {
            List<AuditedWallet> waiting = new ArrayList<>(wallets.values());
            while (!waiting.isEmpty() && wrong.isEmpty()) {
                AuditedWallet next = waiting.get(random.nextInt(waiting.size()));
                next.deliverNext();
                compareSheets(next.id().tenant());
                if (random.nextInt(12) == 0) {
                    letTimePass();
                }
                if (random.nextInt(40) == 0) {
                    restarting.restart();
                }
                waiting.removeIf(wallet -> !wallet.awaitsCommands());
            }
            wallets.values().forEach(wallet -> wallet.compareLedger(commandsEach));
        } catch (StreamsException e) {
            wrong.add("the app is broken: " + e);
        }
        return wrong;
    }

    /** Long enough that no command can be on its way any more. */
    private void letTimePass() {
        restarting.pass(SettlementHorizon.QUIET.plus(Duration.ofMinutes(1 + random.nextInt(4_000))));
        Instant now = restarting.now();
        restarting.told().forEach(record -> hear(record.value()));
        restarting.milestones().forEach(this::hear);
        wallets.values().forEach(wallet -> {
            wallet.settle(now.minus(SettlementHorizon.SLACK));
            wallet.compare("as of %s for %s".formatted(now, wallet.id()));
        });
    }

    private void hear(SpecificRecord told) {
        AuditedWallet wallet = wallets.get(RestartingWallets.walletOf(told));
        if (wallet == null) {
            wrong.add("told of a wallet that nobody has: " + told);
        } else {
            wallet.hear(told);
        }
    }

    private void compareSheets(TenantId tenant) {
        Map<Currency, BalanceSheet> sums = new HashMap<>();
        for (AuditedWallet wallet : wallets.values()) {
            if (wallet.id().tenant().equals(tenant)) {
                wallet.state()
                        .holdings()
                        .forEach((currency, holding) ->
                                sums.merge(currency, BalanceSheet.of(holding), BalanceSheet::plus));
            }
        }
        sums.forEach((currency, right) -> {
            BalanceSheet sheet = restarting.sheet(tenant, currency);
            if (!sheet.equals(right)) {
                wrong.add("sheet of %s, %s: %s, must be %s".formatted(tenant, currency, sheet, right));
            }
        });
    }

    @Override
    public void close() {
        restarting.close();
    }
}
