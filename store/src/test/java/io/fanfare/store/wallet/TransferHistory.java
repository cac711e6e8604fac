package io.fanfare.store.wallet;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.wallet.Cause;
import io.fanfare.engine.wallet.CounterAccount;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Lot;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.PlayerAccount;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletNoOp;
import io.fanfare.events.WalletTransferOut;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.InMemoryRegistry;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.store.Database;
import io.fanfare.store.Definitions;
import io.fanfare.store.outbox.Outbox;
import io.fanfare.store.wallet.Transfer.Status;
import io.fanfare.store.wallet.Transfers.Retry;
import io.fanfare.store.wallet.Transfers.Reversal;
import io.fanfare.store.wallet.Transfers.Reversed.Back;
import io.fanfare.store.wallet.Transfers.Wish;
import io.fanfare.store.wallet.WalletTerms.TransferLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * A random history of transfers between two players: commands get lost before they are published or come much later, records and words
 * come again, the worker begins anew, wallets refuse, and operators mend, retry and take back at any time. The wallets are maps that know
 * no more than that a number is applied once. At each moment a transfer is taken at most once, and given at most once and never before;
 * when all has come to rest it has ended, in the wallet that it says, and is taken back by one other at most.
 */
final class TransferHistory {

    private static final int STEPS = 150;
    private static final int TRANSFERS = 3;
    private static final int TRANSFERS_AND_REVERSALS = 6;
    private static final int ROUNDS_TO_REST = 100;
    private static final long AMOUNT = 10;
    private static final Currency POINTS = new Currency("points");
    private static final TransferLimits LIMITS = new TransferLimits(POINTS, 1, 100, 1_000);
    private static final PlayerId ADA = new PlayerId("ada");
    private static final PlayerId GRACE = new PlayerId("grace");
    private static final ScopeKey SCOPE = new ScopeKey("camp_1");
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final TenantId tenant;
    private final Random random;
    private final boolean isForged;
    private final Database database;
    private final RecordReader<WalletCommand> reader;
    private final Transfers transfers;
    private final MissingCommands missing;
    private final WalletOutcomes outcomes;

    private final Map<PlayerId, NumberedWallet> wallets =
            Map.of(ADA, new NumberedWallet(ADA), GRACE, new NumberedWallet(GRACE));
    private final List<String> begun = new ArrayList<>();
    private final List<WalletCommand> delivered = new ArrayList<>();
    private final List<WalletCommand> late = new ArrayList<>();
    private final List<WalletOutcome> words = new ArrayList<>();
    private final Map<String, Integer> moved = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private long relayed;
    private int kept;
    private int followed;
    private int requests;

    /** @param isForged whether a filler that found its number taken is told to have been applied */
    TransferHistory(Definitions definitions, String prefix, long seed, boolean isForged) {
        this.tenant = new TenantId(prefix + seed);
        this.random = new Random(seed);
        this.isForged = isForged;
        this.database = definitions.database();
        var registry = new InMemoryRegistry();
        var outbox = new Outbox(database, registry);
        var commands = new WalletCommands(database, outbox);
        this.reader = new RecordReader<>(Topics.WALLET_COMMANDS, registry);
        var inSight = new CommandsInSight(database, Duration.ZERO);
        this.transfers = new Transfers(database, commands, inSight, definitions.clock());
        this.missing = new MissingCommands(database, outbox, commands, registry);
        this.outcomes = new WalletOutcomes(database, inSight);
    }

    /** What is wrong, or nothing. */
    List<String> run() {
        for (int step = 0; step < STEPS && wrong.isEmpty(); step++) {
            step();
        }
        rest();
        late.forEach(this::deliver);
        followAll();
        begun.forEach(this::requireEnded);
        begun.forEach(this::requireTakenBackOnce);
        return wrong;
    }

    private void step() {
        switch (random.nextInt(10)) {
            case 0 -> begin();
            case 9 -> takeBack();
            case 1, 2 -> published(1).forEach(this::relay);
            case 3 -> {
                if (!late.isEmpty()) {
                    deliver(late.remove(random.nextInt(late.size())));
                }
            }
            case 4 -> {
                if (!delivered.isEmpty()) {
                    deliver(delivered.get(random.nextInt(delivered.size())));
                }
            }
            case 5 -> follow(1 + random.nextInt(3));
            case 6 -> keep(1 + random.nextInt(3));
            case 7 -> mendSomewhere(random.nextBoolean() ? ADA : GRACE);
            default -> {
                if (!begun.isEmpty()) {
                    retry(begun.get(random.nextInt(begun.size())));
                }
            }
        }
    }

    private void rest() {
        for (int round = 0; round < ROUNDS_TO_REST && wrong.isEmpty(); round++) {
            published(Integer.MAX_VALUE).forEach(this::deliver);
            wallets.values().forEach(wallet -> {
                if (wallet.next <= latest(wallet.player)) {
                    mend(wallet.player, wallet.next);
                }
            });
            published(Integer.MAX_VALUE).forEach(this::deliver);
            keep(words.size());
            followAll();
            List<String> open =
                    begun.stream().filter(id -> !find(id).status().isEnd()).toList();
            if (open.isEmpty()) {
                return;
            }
            open.forEach(this::retry);
        }
    }

    private void begin() {
        if (begun.size() < TRANSFERS) {
            String id = "tr_" + begun.size();
            transfers.begin(new Wish(tenant, id, ADA, GRACE, SCOPE, new Money(POINTS, AMOUNT), "hash", null), LIMITS);
            begun.add(id);
        }
    }

    private void takeBack() {
        if (!begun.isEmpty() && begun.size() < TRANSFERS_AND_REVERSALS) {
            String id = "tr_" + begun.size();
            String original = begun.get(random.nextInt(begun.size()));
            if (transfers.reverse(new Reversal(tenant, original, id, null), _ -> {}) instanceof Back) {
                begun.add(id);
            }
        }
    }

    private void requireTakenBackOnce(String id) {
        long backs = begun.stream()
                .map(this::find)
                .filter(back -> back.reverses() != null && back.reverses().id().equals(id))
                .filter(back -> back.status() == Status.COMPLETED)
                .count();
        if (backs > 1) {
            wrong.add("%s was taken back %d times".formatted(id, backs));
        }
    }

    private void retry(String transfer) {
        transfers.retry(new Retry(tenant, transfer, "request " + random.nextInt(++requests), null), _ -> {});
    }

    private void mendSomewhere(PlayerId player) {
        long latest = latest(player);
        if (latest > 0) {
            mend(player, 1 + random.nextLong(latest));
        }
    }

    private void mend(PlayerId player, long number) {
        missing.mend(
                new MissingCommands.Wish(
                        new WalletId(tenant, player, SCOPE),
                        number,
                        new UUID(random.nextLong(), random.nextLong()),
                        new Cause("fill", "wact_1"),
                        "fill",
                        null,
                        NOW),
                _ -> {});
    }

    /** What does nothing is never lost: then nobody could say any more what has the number. */
    private void relay(WalletCommand command) {
        if (command.getAction() instanceof WalletNoOp || random.nextInt(3) > 0) {
            deliver(command);
            return;
        }
        database.jdbc()
                .sql("delete from wallet_command where tenant_id = ? and command_id = ?")
                .param(tenant.value())
                .param(UUID.fromString(command.getCommandId()))
                .update();
        if (random.nextBoolean()) {
            late.add(command);
        }
    }

    private void deliver(WalletCommand command) {
        delivered.add(command);
        requireNonNull(wallets.get(new PlayerId(command.getPlayerId()))).receive(command);
    }

    private void keep(int atMost) {
        List<WalletOutcome> some = words.subList(kept, Math.min(words.size(), kept + atMost));
        kept += some.size();
        outcomes.keep(some.stream().map(this::told).toList());
    }

    private WalletOutcome told(WalletOutcome word) {
        boolean isForkedFiller = word.cause().reason().equals("fill") && word.verdict() instanceof Declined;
        return isForged && isForkedFiller ? word(word, new Accepted(List.of())) : word;
    }

    private void follow(int atMost) {
        if (random.nextInt(5) == 0) {
            followed = random.nextInt(followed + 1);
        }
        for (int i = 0; i < atMost && followed < words.size(); i++) {
            transfers.follow(words.get(followed++), null);
        }
    }

    private void followAll() {
        while (followed < words.size()) {
            transfers.follow(words.get(followed++), null);
        }
    }

    private List<WalletCommand> published(int atMost) {
        return database.jdbc()
                .sql("""
                        select position, payload from outbox
                        where tenant_id = :tenant and aggregatetype = :topic and position > :relayed
                        order by position limit :limit
                        """)
                .param("tenant", tenant.value())
                .param("topic", Topics.WALLET_COMMANDS.name())
                .param("relayed", relayed)
                .param("limit", atMost)
                .query((row, _) -> {
                    relayed = row.getLong("position");
                    return reader.read(row.getBytes("payload"));
                })
                .list();
    }

    private long latest(PlayerId player) {
        return new WalletNumbers(database).latest(tenant, SCOPE.value(), player);
    }

    private Transfer find(String id) {
        return transfers.find(tenant, id).orElseThrow();
    }

    private void requireEnded(String id) {
        Status status = find(id).status();
        String right = switch (status) {
            case REFUSED -> "0 0 0";
            case COMPLETED -> "1 1 0";
            case RETURNED -> "1 0 1";
            case PENDING, SENT, RETURNING, STRANDED -> "an end";
        };
        String there = "%d %d %d".formatted(times(id, "taken"), times(id, "given"), times(id, "returned"));
        if (!there.equals(right)) {
            wrong.add("%s is %s, and was taken, given and returned %s times".formatted(id, status, there));
        }
    }

    private int times(String transfer, String what) {
        return moved.getOrDefault(transfer + " " + what, 0);
    }

    private void move(String transfer, String what) {
        moved.merge(transfer + " " + what, 1, Integer::sum);
        int taken = times(transfer, "taken");
        int given = times(transfer, "given") + times(transfer, "returned");
        if (taken > 1 || given > taken) {
            wrong.add("%s was taken %d times and given %d times".formatted(transfer, taken, given));
        }
    }

    private static WalletOutcome word(WalletOutcome word, Verdict verdict) {
        return new WalletOutcome(word.wallet(), word.id(), word.number(), word.cause(), verdict, word.occurredAt());
    }

    /** As the wallets app is: one command for each number, applied in the order of the numbers. */
    private final class NumberedWallet {

        private final PlayerId player;
        private final Map<Long, WalletCommand> holders = new HashMap<>();
        private final Map<Long, WalletOutcome> said = new HashMap<>();
        private long next = 1;

        NumberedWallet(PlayerId player) {
            this.player = player;
        }

        void receive(WalletCommand command) {
            WalletCommand holder = holders.putIfAbsent(command.getSequence(), command);
            if (holder != null && !holder.getCommandId().equals(command.getCommandId())) {
                words.add(outcome(command, new Declined(Refusal.FORKED, "the number is another command's")));
                return;
            }
            WalletOutcome repeated = said.get(command.getSequence());
            if (repeated != null) {
                words.add(repeated);
            }
            for (WalletCommand due = holders.get(next); due != null; due = holders.get(next)) {
                WalletOutcome outcome = outcome(due, apply(due));
                said.put(next, outcome);
                words.add(outcome);
                next++;
            }
        }

        private Verdict apply(WalletCommand command) {
            if (command.getAction() instanceof WalletNoOp) {
                return new Accepted(List.of());
            }
            boolean isDebit = command.getAction() instanceof WalletTransferOut;
            if (random.nextInt(5) == 0) {
                return new Declined(isDebit ? Refusal.INSUFFICIENT_BALANCE : Refusal.OVERFLOW, "no");
            }
            String transfer = command.getCause().getRefId();
            move(transfer, isDebit ? "taken" : player.equals(find(transfer).to()) ? "given" : "returned");
            return new Accepted(List.of(new LedgerEntry(
                    POINTS,
                    isDebit ? -AMOUNT : AMOUNT,
                    CounterAccount.TRANSFER,
                    60,
                    PlayerAccount.AVAILABLE,
                    List.of(new Lot(null, AMOUNT)))));
        }

        private WalletOutcome outcome(WalletCommand command, Verdict verdict) {
            return new WalletOutcome(
                    new WalletId(tenant, player, SCOPE),
                    UUID.fromString(command.getCommandId()),
                    command.getSequence(),
                    new Cause(command.getCause().getReason(), command.getCause().getRefId()),
                    verdict,
                    NOW);
        }
    }
}
