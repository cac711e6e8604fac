package io.fanfare.bench.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.Answers.BoardAnswer;
import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Answers.WalletAnswer;
import io.fanfare.bench.verify.Snapshot.AwardRow;
import io.fanfare.bench.verify.Snapshot.CampaignRules;
import io.fanfare.bench.verify.Snapshot.CaughtRow;
import io.fanfare.bench.verify.Snapshot.CodeRow;
import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.Counter;
import io.fanfare.bench.verify.Snapshot.DefinitionRow;
import io.fanfare.bench.verify.Snapshot.GameRules;
import io.fanfare.bench.verify.Snapshot.KeptAnswer;
import io.fanfare.bench.verify.Snapshot.LastNumber;
import io.fanfare.bench.verify.Snapshot.Life;
import io.fanfare.bench.verify.Snapshot.MomentsClaimed;
import io.fanfare.bench.verify.Snapshot.OutboxRow;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.bench.verify.Snapshot.PrizeRow;
import io.fanfare.bench.verify.Snapshot.PrizeRules;
import io.fanfare.bench.verify.Snapshot.RedemptionRow;
import io.fanfare.bench.verify.Snapshot.Reservation;
import io.fanfare.bench.verify.Snapshot.RewardRow;
import io.fanfare.bench.verify.Snapshot.Sagas;
import io.fanfare.bench.verify.Snapshot.SessionRow;
import io.fanfare.bench.verify.Snapshot.Spent;
import io.fanfare.bench.verify.Snapshot.StepRow;
import io.fanfare.bench.verify.Snapshot.StockMovement;
import io.fanfare.bench.verify.Snapshot.Terms;
import io.fanfare.bench.verify.Snapshot.TransferRow;
import io.fanfare.bench.verify.Snapshot.Turns;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletAmount;
import io.fanfare.events.WalletCause;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletCredit;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSpend;
import io.fanfare.schemas.Topics;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A small platform in which everything is as it must be, as rows that a test can then break: a wheel with 50 points and vouchers,
 * two plays a player and day, a board that counts plays.
 */
final class World {

    static final String TENANT = "acme";
    static final String SCOPE = "camp";
    static final Ref GAME = new Ref(TENANT, "wheel");
    static final Ref CAMPAIGN = new Ref(TENANT, "campaign:spring");
    static final Ref SPRING = new Ref(TENANT, "spring");
    static final Ref POINTS = new Ref(TENANT, "fifty");
    static final Ref VOUCHER = new Ref(TENANT, "coffee");
    static final Ref BOARD = new Ref(TENANT, "spins");
    static final Instant MORNING = Instant.parse("2026-03-01T08:00:00Z");
    static final Instant LONG_AGO = MORNING.minusSeconds(86_400);
    static final Life WON = new Life("won", false, false);

    private static final String DEFINITION = "acme/leaderboard/spins/1";

    final List<PlayRow> plays = new ArrayList<>();
    final List<SessionRow> sessions = new ArrayList<>();
    final List<RewardRow> rewards = new ArrayList<>();
    final List<KeptAnswer> kept = new ArrayList<>();
    final List<LastNumber> lastNumbers = new ArrayList<>();
    final List<GameRules> games = new ArrayList<>();
    final List<Counter> playCounters = new ArrayList<>();
    final List<Counter> awardCounters = new ArrayList<>();
    final List<PrizeRow> prizes = new ArrayList<>();
    final List<PrizeRules> prizeRules = new ArrayList<>();
    final List<StockMovement> movements = new ArrayList<>();
    final List<CodeRow> codes = new ArrayList<>();
    final List<CommandRow> commandRows = new ArrayList<>();
    final List<DefinitionRow> definitions = new ArrayList<>();
    final List<OutboxRow> outbox = new ArrayList<>();
    final List<CampaignRules> campaigns = new ArrayList<>();
    final List<Turns> turnBalances = new ArrayList<>();
    final List<Turns> turnMovements = new ArrayList<>();
    final List<Spent> budgets = new ArrayList<>();
    final List<MomentsClaimed> moments = new ArrayList<>();
    final List<CaughtRow> caught = new ArrayList<>();
    final List<StepRow> steps = new ArrayList<>();
    final List<RedemptionRow> redemptions = new ArrayList<>();
    final List<AwardRow> awards = new ArrayList<>();
    final List<TransferRow> transfers = new ArrayList<>();

    final List<Fact<PlayCompleted>> playFacts = new ArrayList<>();
    final List<Fact<SpecificRecord>> rewardFacts = new ArrayList<>();
    final List<Fact<WalletCommand>> commandFacts = new ArrayList<>();
    final List<Fact<SpecificRecord>> entryFacts = new ArrayList<>();
    final List<Fact<MilestoneReached>> milestoneFacts = new ArrayList<>();
    final List<Fact<SpecificRecord>> configFacts = new ArrayList<>();
    final List<Fact<DeadLetter>> deadLetters = new ArrayList<>();
    final Map<TopicPartition, Long> drained = new HashMap<>();

    final List<WalletAnswer> wallets = new ArrayList<>();
    final Map<String, Sheet> sheets = new HashMap<>();
    final List<Line> lines = new ArrayList<>();
    final List<RankAnswer> ranks = new ArrayList<>();
    final List<Acknowledged> acknowledged = new ArrayList<>();

    private World() {
        games.add(new GameRules(GAME, 1, "spring", 0, 2, false, 0, List.of()));
        campaigns.add(new CampaignRules(SPRING, 1, LONG_AGO, 0, 0, 0));
        prizes.add(new PrizeRow(POINTS, null, null));
        prizes.add(new PrizeRow(VOUCHER, 3L, 3L));
        prizeRules.add(new PrizeRules(POINTS, 1, LONG_AGO, 0, 0, false));
        prizeRules.add(new PrizeRules(VOUCHER, 1, LONG_AGO, 1, 1, true));
        movements.add(new StockMovement(VOUCHER, 2));
        movements.add(new StockMovement(VOUCHER, 1));
        List.of("A", "B", "C").forEach(code -> codes.add(new CodeRow(VOUCHER, code, null, false)));
        definitions.add(new DefinitionRow(DEFINITION));
        configFacts.add(this.<SpecificRecord>fact(Topics.CONFIG.name(), configFacts.size(), DEFINITION, board()));
    }

    /** ada wins 50 points and loses, grace wins a voucher, linus wins 50 points twice. */
    static World ofThree() {
        var world = new World();
        world.wins("ada");
        world.winsVoucher("grace", "A");
        world.loses("ada");
        world.wins("linus");
        world.wins("linus");
        return world;
    }

    PlayRow loses(String player) {
        return play(player, null, null);
    }

    PlayRow wins(String player) {
        return play(player, POINTS, null);
    }

    PlayRow winsVoucher(String player, String code) {
        return play(player, VOUCHER, code);
    }

    /** Something that a game puts into the wallet, and that nobody configured. */
    void winsItem(String player, String item) {
        PlayRow row = loses(player);
        var id = new Ref(TENANT, "item.%s".formatted(item));
        var reward = new RewardRow(
                new Ref(TENANT, "of" + row.id().id()),
                row.player(),
                id.id(),
                row.id().id(),
                0,
                "lucky_item",
                item,
                3,
                1,
                null,
                row.at(),
                new Life("fulfilled", true, false));
        rewards.add(reward);
        countUp(awardCounters, id, player, row.at());
    }

    Snapshot snapshot() {
        return new Snapshot(
                MORNING.plusSeconds(3_600),
                plays,
                sessions,
                rewards,
                kept,
                lastNumbers,
                games,
                playCounters,
                awardCounters,
                prizes,
                prizeRules,
                movements,
                codes,
                commandRows,
                definitions,
                outbox,
                new Terms(campaigns, turnBalances, turnMovements, budgets, moments, caught, steps),
                new Sagas(redemptions, awards, transfers));
    }

    Published published() {
        Map<TopicPartition, Long> all = new HashMap<>();
        for (String topic : List.of(
                Topics.PLAYS.name(),
                Topics.REWARDS.name(),
                Topics.WALLET_COMMANDS.name(),
                Topics.WALLET_ENTRIES.name(),
                Topics.MILESTONES.name(),
                Topics.CONFIG.name())) {
            all.put(new TopicPartition(topic, 0), Long.MAX_VALUE);
        }
        all.putAll(drained);
        return new Published(
                playFacts,
                rewardFacts,
                commandFacts,
                entryFacts,
                milestoneFacts,
                configFacts,
                deadLetters,
                List.of(),
                all);
    }

    Answers answers() {
        return new Answers(
                List.copyOf(plays.stream().map(PlayRow::player).collect(toSet())),
                wallets,
                Map.of(TENANT, sheets),
                List.of(BOARD),
                List.of(new BoardAnswer(BOARD, lines, lines.size(), false)),
                ranks);
    }

    Since nothingSince() {
        return new Since(Set.of(), Set.of());
    }

    /** A fact of the topic's only partition, as its bytes would be. */
    <V extends SpecificRecord> Fact<V> fact(String topic, long offset, String key, V value) {
        return new Fact<>(
                topic,
                0,
                offset,
                key,
                UUID.nameUUIDFromBytes((topic + offset).getBytes(UTF_8)),
                value.getSchema().getName(),
                false,
                Fingerprint.of(value.toString().getBytes(UTF_8)),
                value);
    }

    static <V> Fact<V> at(long offset, Fact<V> fact) {
        return new Fact<>(
                fact.topic(),
                fact.partition(),
                offset,
                fact.key(),
                fact.eventId(),
                fact.type(),
                fact.isRepeated(),
                fact.payload(),
                fact.value());
    }

    private PlayRow play(String player, @Nullable Ref prize, @Nullable String code) {
        int n = plays.size() + 1;
        var who = new Ref(TENANT, player);
        Instant at = MORNING.plusSeconds(n);
        long number =
                1 + plays.stream().filter(play -> play.player().equals(who)).count();
        boolean credits = POINTS.equals(prize);
        var wallet = new Wallet(TENANT, SCOPE, player);
        long walletNumber = 1 + commandsOf(wallet);
        var row = new PlayRow(
                new Ref(TENANT, "play" + n),
                who,
                GAME.id(),
                1,
                "session" + n,
                number,
                null,
                credits ? SCOPE : null,
                credits ? walletNumber : null,
                at);
        plays.add(row);
        sessions.add(new SessionRow(new Ref(TENANT, row.session()), GAME.id(), who));
        replaceNumber(who, "plays", number);
        countUp(playCounters, GAME, player, at);
        countUp(playCounters, CAMPAIGN, player, at);
        var outcomes = new ArrayList<Outcome>();
        var published = new ArrayList<PlayReward>();
        if (prize != null) {
            String type = credits ? "points" : "voucher";
            var reward = new RewardRow(
                    new Ref(TENANT, "reward" + n), who, prize.id(), row.id().id(), 0, type, null, 1, 50, code, at, WON);
            rewards.add(reward);
            outcomes.add(Outcome.of(reward));
            published.add(new PlayReward("reward" + n, prize.id(), type, 1L, 50L, credits ? "points" : null));
            countUp(awardCounters, prize, player, at);
        }
        if (code != null) {
            codes.replaceAll(one -> one.code().equals(code) ? new CodeRow(VOUCHER, code, "reward" + n, false) : one);
            prizes.replaceAll(one -> one.id().equals(VOUCHER) ? remaining(one, -1) : one);
        }
        kept.add(new KeptAnswer(TENANT, "player:" + player, "key" + n, row.id().id(), outcomes));
        acknowledged.add(new Acknowledged(
                who,
                row.id().id(),
                "key" + n,
                row.session(),
                prize != null,
                outcomes,
                credits ? SCOPE + ":" + walletNumber : null));
        publish(row, published);
        if (credits) {
            credit(row, wallet);
        }
        rank();
        return row;
    }

    /** Plays like this one count by other rules. */
    void rules(boolean useTurns, long budget, List<Moments> paced) {
        games.set(0, new GameRules(GAME, 1, "spring", 0, 2, useTurns, budget, paced));
    }

    /** What the campaign has said for long. */
    void campaign(long perPlayer, long perDay, long budget) {
        campaigns.set(0, new CampaignRules(SPRING, 1, LONG_AGO, perPlayer, perDay, budget));
    }

    /** A prize is configured anew. */
    void revise(Ref prize, long revision, Instant from, long perPlayer, long perDay, boolean needsCode) {
        prizeRules.add(new PrizeRules(prize, revision, from, perPlayer, perDay, needsCode));
    }

    /** What became of the rewards of a prize. */
    void live(Ref prize, Life life) {
        rewards.replaceAll(reward -> reward.prizeRef().equals(prize) ? living(reward, life) : reward);
    }

    static RewardRow living(RewardRow reward, Life life) {
        return new RewardRow(
                reward.id(),
                reward.player(),
                reward.prize(),
                reward.play(),
                reward.ordinal(),
                reward.type(),
                reward.item(),
                reward.quantity(),
                reward.value(),
                reward.code(),
                reward.at(),
                life);
    }

    static PrizeRow remaining(PrizeRow prize, long more) {
        Long remaining = prize.remaining();
        return new PrizeRow(prize.id(), prize.total(), remaining == null ? null : remaining + more);
    }

    private void publish(PlayRow row, List<PlayReward> won) {
        var play = PlayCompleted.newBuilder()
                .setPlayId(row.id().id())
                .setTenantId(TENANT)
                .setGameId(row.game())
                .setGameRevision(row.revision())
                .setPlayerId(row.player().id())
                .setSequence(row.number())
                .setStartedAt(row.at())
                .setOccurredAt(row.at())
                .setWon(!won.isEmpty())
                .setScore(row.score())
                .setRewards(won)
                .build();
        Fact<PlayCompleted> fact =
                fact(Topics.PLAYS.name(), playFacts.size(), row.player().toString(), play);
        playFacts.add(fact);
        write(fact);
    }

    private void credit(PlayRow row, Wallet wallet) {
        CommandRow command =
                credits(wallet, new WalletCause("play", row.id().id()), new WalletAmount("points", 50L), row.at());
        long number = command.number();
        long credited = 50L * commandRows.size();
        sheets.put("points", sheet(credited, credited));
        wallets.removeIf(answer -> answer.wallet().equals(wallet));
        wallets.add(new WalletAnswer(
                wallet, number, Map.of("points", new Balance(50 * number, 0, 50 * number, 0, 0, Map.of()))));
    }

    /** A reward that no play won, and its credit, where it is one. */
    void grants(RewardRow reward, Wallet wallet) {
        grants(reward);
        reward.credit()
                .forEach((currency, amount) -> credits(
                        wallet,
                        new WalletCause("reward", reward.id().id()),
                        new WalletAmount(currency, amount),
                        reward.at()));
    }

    /** A reward that no play won, as its topic tells of it. */
    void grants(RewardRow reward) {
        rewards.add(reward);
        var granted = RewardGranted.newBuilder()
                .setRewardId(reward.id().id())
                .setTenantId(TENANT)
                .setPlayerId(reward.player().id())
                .setPrizeId(reward.prize())
                .setGameId(GAME.id())
                .setSequence(rewardFacts.size() + 1L)
                .setCause("redemption")
                .setCauseId("of_" + reward.id().id())
                .setType(reward.type())
                .setQuantity(reward.quantity())
                .setValue(reward.value())
                .setCurrency(reward.credit().keySet().stream().findFirst().orElse(null))
                .setStatus(reward.life().status())
                .setOccurredAt(reward.at())
                .build();
        rewardFacts.add(this.<SpecificRecord>fact(
                Topics.REWARDS.name(), rewardFacts.size(), reward.player().toString(), granted));
    }

    /** A wallet is given something, and carries it out. */
    CommandRow credits(Wallet wallet, WalletCause cause, WalletAmount amount, Instant at) {
        long number = 1 + commandsOf(wallet);
        String commandId = commandId(cause.getRefId());
        var command = WalletCommand.newBuilder()
                .setCommandId(commandId)
                .setTenantId(wallet.tenant())
                .setScopeKey(wallet.scope())
                .setPlayerId(wallet.player())
                .setSequence(number)
                .setOccurredAt(at)
                .setCause(cause)
                .setAction(new WalletCredit(List.of(amount)))
                .build();
        Fact<WalletCommand> fact = fact(
                Topics.WALLET_COMMANDS.name(),
                commandFacts.size(),
                wallet.owner().toString(),
                command);
        commandFacts.add(fact);
        write(fact);
        var row = new CommandRow(wallet, number, commandId, fact.payload(), null, null);
        commandRows.add(row);
        replaceNumber(wallet.owner(), "wallet:" + wallet.scope(), number);
        String currency = amount.getCurrency();
        long after = balance(wallet, currency) + amount.getAmount();
        posted(command, new WalletEntry(currency, amount.getAmount(), "issuance", after, "available", List.of()));
        return row;
    }

    private void posted(WalletCommand command, WalletEntry entry) {
        var posted = WalletPosted.newBuilder()
                .setCommandId(command.getCommandId())
                .setTenantId(command.getTenantId())
                .setScopeKey(command.getScopeKey())
                .setPlayerId(command.getPlayerId())
                .setSequence(command.getSequence())
                .setOccurredAt(command.getOccurredAt())
                .setReason(command.getCause().getReason())
                .setRefId(command.getCause().getRefId())
                .setEntries(List.of(entry))
                .build();
        String key = Topics.playerKey(command.getTenantId(), command.getPlayerId());
        entryFacts.add(this.<SpecificRecord>fact(Topics.WALLET_ENTRIES.name(), entryFacts.size(), key, posted));
    }

    /** What the last entry says. */
    private long balance(Wallet wallet, String currency) {
        return entryFacts.stream()
                .map(Fact::value)
                .filter(WalletPosted.class::isInstance)
                .map(WalletPosted.class::cast)
                .filter(posted ->
                        wallet.equals(new Wallet(posted.getTenantId(), posted.getScopeKey(), posted.getPlayerId())))
                .flatMap(posted -> posted.getEntries().stream())
                .filter(entry -> entry.getCurrency().equals(currency))
                .reduce((_, later) -> later)
                .map(WalletEntry::getBalanceAfter)
                .orElse(0L);
    }

    private long commandsOf(Wallet wallet) {
        return commandRows.stream().filter(row -> row.wallet().equals(wallet)).count();
    }

    private static String commandId(String ref) {
        return UUID.nameUUIDFromBytes(ref.getBytes(UTF_8)).toString();
    }

    /**
     * A wallet pays 50 points for something, or refuses to.
     *
     * @param ref what for
     * @param refusal null where it pays
     */
    CommandRow pays(String player, String ref, @Nullable String refusal) {
        var wallet = new Wallet(TENANT, SCOPE, player);
        long number = 1 + commandsOf(wallet);
        String id = commandId(ref);
        String key = wallet.owner().toString();
        Fact<WalletCommand> fact = fact(
                Topics.WALLET_COMMANDS.name(),
                commandFacts.size(),
                key,
                WalletCommand.newBuilder()
                        .setCommandId(id)
                        .setTenantId(TENANT)
                        .setScopeKey(SCOPE)
                        .setPlayerId(player)
                        .setSequence(number)
                        .setOccurredAt(MORNING)
                        .setCause(new WalletCause("redeem", ref))
                        .setAction(new WalletSpend(List.of(new WalletAmount("points", 50L))))
                        .build());
        commandFacts.add(fact);
        var row = new CommandRow(wallet, number, id, fact.payload(), refusal == null ? "posted" : "refused", refusal);
        commandRows.add(row);
        replaceNumber(wallet.owner(), "wallet:" + SCOPE, number);
        SpecificRecord outcome = refusal == null
                ? WalletPosted.newBuilder()
                        .setCommandId(id)
                        .setTenantId(TENANT)
                        .setScopeKey(SCOPE)
                        .setPlayerId(player)
                        .setSequence(number)
                        .setOccurredAt(MORNING)
                        .setReason("redeem")
                        .setRefId(ref)
                        .setEntries(List.of(new WalletEntry("points", -50L, "redemption", 0L, "available", List.of())))
                        .build()
                : WalletRefused.newBuilder()
                        .setCommandId(id)
                        .setTenantId(TENANT)
                        .setScopeKey(SCOPE)
                        .setPlayerId(player)
                        .setSequence(number)
                        .setOccurredAt(MORNING)
                        .setReason("redeem")
                        .setRefId(ref)
                        .setRefusal(refusal)
                        .setDetail("too little")
                        .build();
        entryFacts.add(this.<SpecificRecord>fact(Topics.WALLET_ENTRIES.name(), entryFacts.size(), key, outcome));
        return row;
    }

    /** A redemption of the voucher that waits for a command, or waited. */
    static RedemptionRow redemption(String id, CommandRow command, String status, @Nullable String award) {
        return new RedemptionRow(
                new Reservation(
                        new Ref(TENANT, id),
                        command.wallet().owner(),
                        VOUCHER.id(),
                        new Ref(TENANT, "reward_of_" + id),
                        null,
                        true,
                        MORNING),
                command.wallet(),
                command.number(),
                null,
                award,
                status,
                status.equals("refused") ? command.refusal() : null,
                "key_" + id);
    }

    /** What wallets hold that only ever earned. */
    static Sheet sheet(long available, long issued) {
        BigInteger nothing = BigInteger.ZERO;
        return new Sheet(
                BigInteger.valueOf(available),
                nothing,
                nothing,
                BigInteger.valueOf(issued),
                nothing,
                nothing,
                nothing,
                nothing);
    }

    private void write(Fact<?> fact) {
        UUID id = fact.eventId();
        if (id != null) {
            outbox.add(new OutboxRow(id, fact.topic(), fact.key(), fact.type(), null, fact.payload()));
        }
    }

    /** Most plays first; of the same number who had them first. */
    private void rank() {
        lines.clear();
        ranks.clear();
        List<Ref> players = plays.stream().map(PlayRow::player).distinct().toList();
        players.stream()
                .map(player -> {
                    List<PlayRow> theirs = plays.stream()
                            .filter(play -> play.player().equals(player))
                            .toList();
                    return new Line(
                            0, player.id(), theirs.size(), theirs.getLast().at().getEpochSecond());
                })
                .sorted((one, other) -> one.score() == other.score()
                        ? Long.compare(one.reachedAt(), other.reachedAt())
                        : Long.compare(other.score(), one.score()))
                .forEach(line -> lines.add(new Line(lines.size() + 1L, line.player(), line.score(), line.reachedAt())));
        lines.forEach(line -> ranks.add(new RankAnswer(BOARD, line.player(), line.rank(), line.score(), lines.size())));
    }

    void replaceNumber(Ref player, String stream, long number) {
        lastNumbers.removeIf(
                last -> last.player().equals(player) && last.stream().equals(stream));
        lastNumbers.add(new LastNumber(player, stream, number));
    }

    static void countUp(List<Counter> counters, Ref subject, String player, Instant at) {
        int today = (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
        for (int day : new int[] {Snapshot.EVER, today}) {
            long before = counters.stream()
                    .filter(one ->
                            one.subject().equals(subject) && one.player().equals(player) && one.epochDay() == day)
                    .mapToLong(Counter::count)
                    .sum();
            counters.removeIf(
                    one -> one.subject().equals(subject) && one.player().equals(player) && one.epochDay() == day);
            counters.add(new Counter(subject, player, day, before + 1));
        }
    }

    private static LeaderboardConfigured board() {
        return LeaderboardConfigured.newBuilder()
                .setTenantId(TENANT)
                .setLeaderboardId(BOARD.id())
                .setRevision(1)
                .setName("Spins")
                .setMetric("total_plays")
                .setStatus("active")
                .setTieRule("unique")
                .setEffectiveAt(MORNING)
                .setOccurredAt(MORNING)
                .build();
    }
}
