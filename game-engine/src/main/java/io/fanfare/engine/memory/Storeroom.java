package io.fanfare.engine.memory;

import static java.util.Objects.requireNonNull;

import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.GameId;
import io.fanfare.engine.identity.CampaignId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.Resolving.Resolution.Stands;
import io.fanfare.engine.play.Shelf;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to win: units, codes, moments, budgets, and who has won how much of it. */
final class Storeroom {

    private final Map<OfTenant<PrizeId>, Long> stock = new HashMap<>();
    private final Map<OfTenant<PrizeId>, Deque<String>> codes = new HashMap<>();
    private final Map<Moments, Long> claimed = new HashMap<>();
    private final Map<OfTenant<GameId>, Long> spentByGame = new HashMap<>();
    private final Map<OfTenant<CampaignId>, Long> spentByCampaign = new HashMap<>();
    private final Counters<Wins> wins = new Counters<>();

    private record OfTenant<K>(TenantId tenant, K key) {}

    private record Moments(OfTenant<GameId> game, PrizeId prize) {}

    private record Wins(OfTenant<PlayerId> player, PrizeId prize) {}

    void stock(TenantId tenant, PrizeId prize, long units) {
        stock.merge(new OfTenant<>(tenant, prize), units, Math::addExact);
    }

    void codes(TenantId tenant, PrizeId prize, Collection<String> more) {
        codes.computeIfAbsent(new OfTenant<>(tenant, prize), _ -> new ArrayDeque<>())
                .addAll(more);
    }

    Optional<Long> remaining(TenantId tenant, PrizeId prize) {
        return Optional.ofNullable(stock.get(new OfTenant<>(tenant, prize)));
    }

    /** What is there for this play. */
    Shelf shelf(DecidedPlay play) {
        return new ShelfOfPlay(play.game(), play.session().player(), play.occurredAt());
    }

    /** Takes what a play was granted, but for the units themselves. */
    void settle(Stands stands) {
        Game game = stands.play().game();
        var player = new OfTenant<>(game.tenant(), stands.play().session().player());
        for (Award award : stands.granted()) {
            wins.count(new Wins(player, award.prize().id()), stands.play().occurredAt());
        }
        if (stands.claimed() != null) {
            claimed.merge(new Moments(new OfTenant<>(game.tenant(), game.id()), stands.claimed()), 1L, Long::sum);
        }
        spentByGame.merge(new OfTenant<>(game.tenant(), game.id()), stands.cost(), Math::addExact);
        if (game.campaign() != null) {
            spentByCampaign.merge(new OfTenant<>(game.tenant(), game.campaign()), stands.cost(), Math::addExact);
        }
    }

    /** Takes a unit, and the code that goes with it where it has one. */
    @Nullable
    String take(TenantId tenant, Prize prize) {
        var key = new OfTenant<>(tenant, prize.id());
        if (!prize.type().isCredit()) {
            stock.computeIfPresent(key, (_, units) -> units - 1);
        }
        return prize.needsCode() ? requireNonNull(codes.get(key), "codes").remove() : null;
    }

    /** Puts a unit back, where units are counted. */
    void putBack(TenantId tenant, PrizeId prize) {
        stock.computeIfPresent(new OfTenant<>(tenant, prize), (_, units) -> units + 1);
    }

    private final class ShelfOfPlay implements Shelf {

        private final Game game;
        private final OfTenant<PlayerId> player;
        private final Instant now;

        private ShelfOfPlay(Game game, PlayerId player, Instant now) {
            this.game = game;
            this.player = new OfTenant<>(game.tenant(), player);
            this.now = now;
        }

        @Override
        public long wonEver(PrizeId prize) {
            return wins.ever(new Wins(player, prize));
        }

        @Override
        public long wonToday(PrizeId prize) {
            return wins.on(new Wins(player, prize), now);
        }

        @Override
        public long unitsLeft(PrizeId prize) {
            return remaining(game.tenant(), prize).orElse(UNLIMITED);
        }

        @Override
        public long codesLeft(PrizeId prize) {
            return codes.getOrDefault(new OfTenant<>(game.tenant(), prize), new ArrayDeque<>())
                    .size();
        }

        @Override
        public long momentsClaimed(PrizeId prize) {
            return claimed.getOrDefault(new Moments(new OfTenant<>(game.tenant(), game.id()), prize), 0L);
        }

        @Override
        public long spentByGame() {
            return spentByGame.getOrDefault(new OfTenant<>(game.tenant(), game.id()), 0L);
        }

        @Override
        public long spentByCampaign() {
            CampaignId campaign = game.campaign();
            return campaign == null ? 0 : spentByCampaign.getOrDefault(new OfTenant<>(game.tenant(), campaign), 0L);
        }
    }
}
