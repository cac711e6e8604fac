package io.fanfare.engine.reward;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.prize.PrizeType;
import io.fanfare.engine.reward.RewardState.Claimed;
import io.fanfare.engine.reward.RewardState.Expired;
import io.fanfare.engine.reward.RewardState.Fulfilled;
import io.fanfare.engine.reward.RewardState.Revoked;
import io.fanfare.engine.reward.RewardState.Won;
import io.fanfare.engine.reward.RewardStep.Claim;
import io.fanfare.engine.reward.RewardStep.Expire;
import io.fanfare.engine.reward.RewardStep.Fulfil;
import io.fanfare.engine.reward.RewardStep.Revoke;
import io.fanfare.engine.reward.Rewarding.StepOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RewardingTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant NOW = NOON.plusSeconds(60);
    private static final Won WON = new Won(NOON, NOON.plusSeconds(600));
    private static final Won ENDLESS = new Won(NOON, null);
    private static final Won OVERDUE = new Won(NOON, NOW);
    private static final Claimed CLAIMED = new Claimed(NOON, NOON.plusSeconds(5));
    private static final Fulfilled FULFILLED = new Fulfilled(NOON, null, NOON.plusSeconds(5));
    private static final Revoked REVOKED = new Revoked(WON, NOON.plusSeconds(5));
    private static final Expired EXPIRED = new Expired(NOON, NOON.plusSeconds(5));

    private static final List<RewardState> STATES =
            List.of(WON, ENDLESS, OVERDUE, CLAIMED, FULFILLED, REVOKED, EXPIRED);
    private static final List<RewardStep> STEPS =
            List.of(new Claim(), new Fulfil(), new Revoke(false), new Revoke(true), new Expire());

    /** What each step comes to, from each state: the new state, then U for a unit back and V for a void code; or why not. */
    private static final String TABLE = """
            step            won           endless       overdue       claimed          fulfilled     revoked  expired
            Claim           claimed       claimed       EXPIRED       ALREADY_CLAIMED  ILLEGAL       ILLEGAL  EXPIRED
            Fulfil          fulfilled     fulfilled     fulfilled     fulfilled        ILLEGAL       ILLEGAL  EXPIRED
            Revoke          revoked+U+V   revoked+U+V   revoked+U+V   revoked+U+V      revoked+V     ILLEGAL  revoked
            Revoke,restock  revoked+U+V   revoked+U+V   revoked+U+V   revoked+U+V      revoked+U+V   ILLEGAL  revoked
            Expire          NOT_DUE       NOT_DUE       expired+U+V   ILLEGAL          ILLEGAL       ILLEGAL  ILLEGAL
            """;

    static Stream<Arguments> every_step_from_every_state() {
        List<List<String>> rows =
                TABLE.lines().skip(1).map(line -> List.of(line.split("\\s+"))).toList();
        return Stream.iterate(0, row -> row < STEPS.size(), row -> row + 1)
                .flatMap(row -> Stream.iterate(0, column -> column < STATES.size(), column -> column + 1)
                        .map(column -> Arguments.of(
                                STATES.get(column),
                                STEPS.get(row),
                                rows.get(row).get(column + 1))));
    }

    @ParameterizedTest(name = "{1} of {0}: {2}")
    @MethodSource
    void every_step_from_every_state(RewardState state, RewardStep step, String expected) {
        StepOutcome outcome = Rewarding.step(state, step, NOW);

        assertThat(described(outcome)).isEqualTo(expected);
    }

    @Test
    void a_state_remembers_how_it_came_to_be() {
        var claimed = (StepOutcome.Moved) Rewarding.step(WON, new Claim(), NOW);
        var fulfilled = (StepOutcome.Moved) Rewarding.step(claimed.state(), new Fulfil(), NOW.plusSeconds(1));
        var revoked = (StepOutcome.Moved) Rewarding.step(fulfilled.state(), new Revoke(false), NOW.plusSeconds(2));

        assertThat(fulfilled.state()).isEqualTo(new Fulfilled(NOON, NOW, NOW.plusSeconds(1)));
        assertThat(revoked.state()).isEqualTo(new Revoked(fulfilled.state(), NOW.plusSeconds(2)));
        assertThat(revoked.state().wonAt()).isEqualTo(NOON);
    }

    @Test
    void what_is_seen_at_once_and_what_is_credited_begins_fulfilled() {
        var atOnce = new Redemption(Redemption.Mode.INSTANT, true, null);
        var delivered = new Redemption(Redemption.Mode.INSTANT, false, Duration.ofDays(1));

        assertThat(atOnce.atWin(PrizeType.VOUCHER, NOON)).isEqualTo(new Fulfilled(NOON, null, NOON));
        assertThat(Redemption.ON_CLAIM.atWin(PrizeType.POINTS, NOON)).isEqualTo(new Fulfilled(NOON, null, NOON));
        assertThat(Redemption.ON_CLAIM.atWin(PrizeType.VOUCHER, NOON)).isEqualTo(ENDLESS);
        assertThat(delivered.atWin(PrizeType.PHYSICAL, NOON)).isEqualTo(new Won(NOON, NOON.plus(Duration.ofDays(1))));
        assertThat(delivered.deliversAtWin(PrizeType.PHYSICAL)).isTrue();
        assertThat(atOnce.deliversAtWin(PrizeType.VOUCHER)).isFalse();
    }

    private static String described(StepOutcome outcome) {
        return switch (outcome) {
            case StepOutcome.Moved moved ->
                moved.state().wireName() + (moved.returnsUnit() ? "+U" : "") + (moved.voidsCode() ? "+V" : "");
            case StepOutcome.Refused refused -> refused.why().name();
        };
    }
}
