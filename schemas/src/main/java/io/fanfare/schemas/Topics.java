package io.fanfare.schemas;

import io.fanfare.events.CampaignConfigured;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.DeadLetterReplayed;
import io.fanfare.events.GameConfigured;
import io.fanfare.events.GenerationChanged;
import io.fanfare.events.IntegrationConfigured;
import io.fanfare.events.LeaderboardConfigured;
import io.fanfare.events.MilestoneReached;
import io.fanfare.events.MilestonesConfigured;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PointsExpiring;
import io.fanfare.events.PrizeConfigured;
import io.fanfare.events.RewardChanged;
import io.fanfare.events.RewardExpiring;
import io.fanfare.events.RewardGranted;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topic.Retention;
import io.fanfare.schemas.wire.GeneratedRecords;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** The catalogue: every topic of the platform. Topics exist because they stand here; the broker creates none by itself. */
public final class Topics {

    static {
        GeneratedRecords.trust();
    }

    private static final String PLAYER_KEY = "tenant/player";

    public static final Topic<String, PlayCompleted> PLAYS = Topic.keyedByText(
            "fanfare.plays.v1",
            PLAYER_KEY,
            Retention.FOREVER,
            "Every play that was committed, with its rewards.",
            List.of(PlayCompleted.class));

    public static final Topic<String, SpecificRecord> REWARDS = Topic.keyedByText(
            "fanfare.rewards.v1",
            PLAYER_KEY,
            Retention.FOREVER,
            "Rewards that no play has won, and what became of all of them: claimed, fulfilled, revoked, expired.",
            List.of(RewardGranted.class, RewardChanged.class));

    public static final Topic<String, RewardExpiring> REWARD_NOTICES = Topic.keyedByText(
            "fanfare.reward-notices.v1",
            PLAYER_KEY,
            Retention.A_MONTH,
            "What players should know of their rewards before it happens.",
            List.of(RewardExpiring.class));

    public static final Topic<String, WalletCommand> WALLET_COMMANDS = Topic.keyedByText(
            "fanfare.wallet-commands.v1",
            PLAYER_KEY,
            Retention.FOREVER,
            "Every change asked of a wallet, numbered per wallet.",
            List.of(WalletCommand.class));

    public static final Topic<String, SpecificRecord> WALLET_ENTRIES = Topic.keyedByText(
            "fanfare.wallet-entries.v1",
            PLAYER_KEY,
            Retention.FOREVER,
            "What became of each wallet command, its ledger entries or why it was refused, and what time did to wallets.",
            List.of(WalletPosted.class, WalletRefused.class, WalletSettled.class));

    public static final Topic<String, PointsExpiring> WALLET_NOTICES = Topic.keyedByText(
            "fanfare.wallet-notices.v1",
            PLAYER_KEY,
            Retention.A_MONTH,
            "What players should know of their wallets before it happens.",
            List.of(PointsExpiring.class));

    public static final Topic<String, MilestoneReached> MILESTONES = Topic.keyedByText(
            "fanfare.milestones.v1",
            PLAYER_KEY,
            Retention.FOREVER,
            "Milestones that wallets have reached and that are granted without being asked for.",
            List.of(MilestoneReached.class));

    public static final Topic<String, SpecificRecord> CONFIG = Topic.keyedByText(
            "fanfare.config.v1",
            "tenant/kind/id/revision",
            Retention.LATEST_PER_KEY,
            "Every version of what operators configure.",
            List.of(
                    CampaignConfigured.class,
                    GameConfigured.class,
                    PrizeConfigured.class,
                    LeaderboardConfigured.class,
                    IntegrationConfigured.class,
                    MilestonesConfigured.class));

    public static final Topic<String, DeadLetter> DEAD_LETTERS = Topic.keyedByText(
            "fanfare.dead-letters.v1",
            "the key of the record that could not be processed",
            Retention.A_MONTH,
            "Records that no retry can mend, as they were read, with cause and coordinates.",
            List.of(DeadLetter.class));

    public static final Topic<String, DeadLetterReplayed> DEAD_LETTER_REPLAYS = Topic.keyedByText(
            "fanfare.dead-letter-replays.v1",
            "the key of the record that was replayed",
            Retention.A_MONTH,
            "Which dead letters an operator has sent to their topics once more.",
            List.of(DeadLetterReplayed.class));

    public static final Topic<String, GenerationChanged> GENERATIONS = Topic.keyedByText(
            "fanfare.generations.v1",
            "app",
            Retention.LATEST_PER_KEY,
            "Which generation of the state of each stream app counts, and which is being rebuilt.",
            List.of(GenerationChanged.class));

    private static final List<Topic<String, ? extends SpecificRecord>> ALL = List.of(
            PLAYS,
            REWARDS,
            REWARD_NOTICES,
            WALLET_COMMANDS,
            WALLET_ENTRIES,
            WALLET_NOTICES,
            MILESTONES,
            CONFIG,
            DEAD_LETTERS,
            DEAD_LETTER_REPLAYS,
            GENERATIONS);

    private Topics() {}

    public static List<Topic<String, ? extends SpecificRecord>> all() {
        return ALL;
    }

    /** The key of everything that concerns one player. */
    public static String playerKey(String tenantId, String playerId) {
        return tenantId + "/" + playerId;
    }

    /** The key of one version of a definition; {@code kind} is campaign, game, prize, leaderboard, integration or milestones. */
    public static String definitionKey(String tenantId, String kind, String id, long revision) {
        return tenantId + "/" + kind + "/" + id + "/" + revision;
    }
}
