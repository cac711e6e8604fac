package io.fanfare.engine.play;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toUnmodifiableMap;

import io.fanfare.engine.config.Document;
import io.fanfare.engine.fairness.Draws;
import io.fanfare.engine.fairness.ProvableDraws;
import io.fanfare.engine.game.Game;
import io.fanfare.engine.game.OnUnavailable;
import io.fanfare.engine.prize.Prize;
import io.fanfare.engine.prize.PrizeId;
import io.fanfare.engine.shape.Attempt;
import io.fanfare.engine.shape.RewardHandler.Result;
import io.fanfare.engine.shape.RewardHandler.Win;
import io.fanfare.engine.shape.WinningMoments;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A play as the engine decided it. The ledger makes it a fact, or finds that what it needs is gone: {@link Resolving}.
 *
 * @param game the version it was decided under
 * @param clientSeed what the player added to the draws; empty where nothing
 * @param awards what it wins if it can be had
 * @param metadata what the player's screen shows
 * @param score what it adds to score boards; null where the shape has none
 * @param prizes what the game could award, by id
 * @param drawsUsed how many draws it took; redraws go on from there
 */
public record DecidedPlay(
        PlayId id,
        Game game,
        Session session,
        Document input,
        String clientSeed,
        List<Award> awards,
        Document metadata,
        @Nullable Long score,
        Instant occurredAt,
        Map<PrizeId, Prize> prizes,
        long drawsUsed) {

    /** @param quantity of a credit; anything else is awarded unit by unit, with quantity 1 */
    public record Award(Prize prize, long quantity) {
        public Award {
            if (quantity < 1 || (quantity > 1 && !prize.type().isCredit())) {
                throw new IllegalArgumentException("%d units of prize %s in one award".formatted(quantity, prize.id()));
            }
            Math.multiplyExact(prize.value(), quantity);
        }

        /** What it adds to the wallet, where it is a credit. */
        public long credit() {
            return Math.multiplyExact(prize.value(), quantity);
        }

        /** What it takes from budgets. */
        public long cost() {
            return prize.cost(quantity);
        }
    }

    public DecidedPlay {
        requireNonNull(id, "id");
        awards = List.copyOf(awards);
        prizes = Map.copyOf(prizes);
    }

    /** A play of a game that could award nothing but these. */
    public DecidedPlay(
            PlayId id,
            Game game,
            Session session,
            Document input,
            String clientSeed,
            List<Award> awards,
            Document metadata,
            @Nullable Long score,
            Instant occurredAt) {
        this(
                id,
                game,
                session,
                input,
                clientSeed,
                awards,
                metadata,
                score,
                occurredAt,
                awards.stream()
                        .map(Award::prize)
                        .collect(toUnmodifiableMap(Prize::id, Function.identity(), (one, _) -> one)),
                0);
    }

    /** Every prize that may be touched until it is settled: what a ledger locks before. */
    public Set<PrizeId> reachable() {
        var reachable = new HashSet<PrizeId>();
        awards.forEach(award -> reachable.add(award.prize().id()));
        if (!awards.isEmpty() && game.onUnavailable() == OnUnavailable.REDRAW) {
            reachable.addAll(game.shape().rewardHandler().prizes());
        }
        if (!awards.isEmpty() && game.onUnavailable() == OnUnavailable.FALLBACK_PRIZE) {
            game.shape().terms().fallbackPrize().ifPresent(reachable::add);
        }
        game.shape().terms().moments().stream()
                .filter(moments -> moments.due(occurredAt) > 0)
                .map(WinningMoments::prize)
                .forEach(reachable::add);
        return Set.copyOf(reachable);
    }

    Prize prize(PrizeId id) {
        Prize prize = prizes.get(id);
        if (prize == null) {
            throw new IllegalStateException("game %s awards prize %s, which is not there".formatted(game.id(), id));
        }
        return prize;
    }

    /** What it shows, without what it wins. */
    Result result() {
        return new Result(List.of(), metadata, score);
    }

    DecidedPlay having(long drawsTaken) {
        return new DecidedPlay(
                id, game, session, input, clientSeed, awards, metadata, score, occurredAt, prizes, drawsTaken);
    }

    /** The draws behind those that it took. */
    Draws furtherDraws() {
        return ProvableDraws.continued(
                session.serverSeed(), clientSeed, session.id().value(), drawsUsed);
    }

    /** The same play with other luck; empty where its shape draws nothing. */
    Optional<DecidedPlay> redrawn(Set<PrizeId> gone, Draws draws) {
        var attempt = new Attempt(session.seed(), input, Duration.between(session.startedAt(), occurredAt));
        return game.shape().rewardHandler().redraw(attempt, draws, gone).map(this::with);
    }

    DecidedPlay with(Result result) {
        List<Award> won = result.wins().stream().flatMap(this::awards).toList();
        return new DecidedPlay(
                id,
                game,
                session,
                input,
                clientSeed,
                won,
                result.metadata(),
                result.score(),
                occurredAt,
                prizes,
                drawsUsed);
    }

    /** A credit is one award; anything else one per unit. */
    private Stream<Award> awards(Win win) {
        return switch (win) {
            case Win.OfItem(String item, long quantity) ->
                Stream.of(new Award(Prize.ofItem(game.tenant(), item), quantity));
            case Win.OfPrize(PrizeId id, long quantity) -> {
                Prize prize = prize(id);
                yield prize.type().isCredit()
                        ? Stream.of(new Award(prize, quantity))
                        : Stream.generate(() -> new Award(prize, 1)).limit(quantity);
            }
        };
    }
}
