package io.fanfare.store.play;

import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.identity.TenantId;
import io.fanfare.engine.play.DecidedPlay;
import io.fanfare.engine.play.DecidedPlay.Award;
import io.fanfare.engine.play.PendingPlay;
import io.fanfare.store.UtcTimes;
import io.fanfare.store.idempotency.CallerKey;
import io.fanfare.store.wallet.WalletNumbers;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A play that wants to be committed, seen by what it touches.
 *
 * @param place in its batch
 */
record Candidate(int place, PendingPlay pending) {

    DecidedPlay play() {
        return pending.play();
    }

    TenantId tenant() {
        return play().game().tenant();
    }

    PlayerId player() {
        return play().session().player();
    }

    /** To the millisecond, so that what is answered, stored and published is the same. */
    Instant occurredAt() {
        return UtcTimes.toMillis(play().occurredAt());
    }

    Optional<CallerKey> callerKey() {
        return Optional.ofNullable(pending.claim()).map(claim -> CallerKey.ofPlayer(tenant(), player(), claim.key()));
    }

    SessionKey session() {
        return new SessionKey(tenant(), play().session().id());
    }

    CounterKey playsEver() {
        return CounterKey.ever(tenant(), play().game().id().value(), player());
    }

    CounterKey playsToday() {
        return CounterKey.day(tenant(), play().game().id().value(), player(), occurredAt());
    }

    CounterKey awardsEver(Award award) {
        return CounterKey.ever(tenant(), award.prize().id().value(), player());
    }

    CounterKey awardsToday(Award award) {
        return CounterKey.day(tenant(), award.prize().id().value(), player(), occurredAt());
    }

    PrizeKey prize(Award award) {
        return new PrizeKey(tenant(), award.prize().id());
    }

    /** The counters that it counts on. */
    Stream<CounterKey> playCounters() {
        return Stream.of(playsEver(), playsToday());
    }

    Stream<CounterKey> awardCounters() {
        return play().awards().stream().flatMap(award -> Stream.of(awardsEver(award), awardsToday(award)));
    }

    /** The prizes that it would take a unit of. */
    Stream<PrizeKey> stockedPrizes() {
        return play().awards().stream()
                .filter(award -> !award.prize().type().isCredit())
                .map(this::prize);
    }

    boolean wantsCode() {
        return play().awards().stream().anyMatch(award -> award.prize().needsCode());
    }

    SequenceKey plays() {
        return new SequenceKey(tenant(), player(), SequenceKey.PLAYS);
    }

    SequenceKey wallet() {
        return new SequenceKey(
                tenant(), player(), WalletNumbers.stream(play().game().walletScopeKey()));
    }
}
