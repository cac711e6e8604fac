package io.fanfare.store.identity;

import com.github.f4b6a3.uuid.UuidCreator;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.leaderboard.LeaderboardId;
import io.fanfare.engine.milestone.RedemptionId;
import io.fanfare.engine.play.PlayId;
import io.fanfare.engine.play.SessionId;
import io.fanfare.engine.prize.AwardId;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.prize.RewardId;
import io.fanfare.store.AcrossTenants;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Mints ids: a prefix that says what it is of, and the 32 hexadecimal digits of a UUIDv7. Compared as text they sort by age, to
 * the millisecond across instances and strictly within one.
 */
@AcrossTenants("ids are unique among all tenants")
public final class Ids {

    /** The namespace of everything that is derived from a cause; never to be changed. */
    private static final UUID CAUSES = UUID.fromString("0b5c1d1e-6a0c-4f2e-8a64-5a4b6d2f9c37");

    private final Supplier<UUID> timeOrdered;

    public Ids() {
        this(UuidCreator::getTimeOrderedEpoch);
    }

    Ids(Supplier<UUID> timeOrdered) {
        this.timeOrdered = timeOrdered;
    }

    public CampaignId campaign() {
        return new CampaignId(mint("camp_"));
    }

    public GameId game() {
        return new GameId(mint("game_"));
    }

    public PrizeId prize() {
        return new PrizeId(mint("prize_"));
    }

    public SessionId session() {
        return new SessionId(mint("sess_"));
    }

    public PlayId play() {
        return new PlayId(mint("play_"));
    }

    public RewardId reward() {
        return new RewardId(mint("rwd_"));
    }

    public RedemptionId redemption() {
        return new RedemptionId(mint("rdm_"));
    }

    public AwardId award() {
        return new AwardId(mint("award_"));
    }

    public LeaderboardId leaderboard() {
        return new LeaderboardId(mint("board_"));
    }

    /** An id that has no type of its own: {@code intg_}, {@code stock_}, … */
    public String mint(String prefix) {
        return prefix + timeOrdered.get().toString().replace("-", "");
    }

    /** A bare one, for what is not shown to people. */
    public UUID uuid() {
        return timeOrdered.get();
    }

    /** Always the same id for the same cause, so that whatever is done twice is known to be one (UUIDv5). */
    public static UUID derivedFrom(String cause) {
        return UuidCreator.getNameBasedSha1(CAUSES, cause);
    }
}
