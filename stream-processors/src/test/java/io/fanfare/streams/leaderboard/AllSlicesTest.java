package io.fanfare.streams.leaderboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fanfare.edge.error.Reason;
import io.fanfare.edge.error.Refused;
import java.util.List;
import org.junit.jupiter.api.Test;

class AllSlicesTest {

    @Test
    void every_slice_once_is_complete_whoever_holds_it() {
        List<SliceAnswer<Long>> answers = List.of(answer(3, 0), answer(1), answer(2));

        assertThatCode(() -> AllSlices.requireEachSliceOnce(answers, 4)).doesNotThrowAnyException();
    }

    @Test
    void a_missing_slice_is_refused_as_unavailable_for_now() {
        Refused refused = refusal(List.of(answer(0, 1), answer(3)));

        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
        assertThat(refused.retryAfter()).isPresent();
        assertThat(refused).hasMessageContaining("3 of 4");
    }

    @Test
    void a_slice_that_answers_twice_is_refused_too() {
        Refused refused = refusal(List.of(answer(0, 1, 2), answer(2, 3)));

        assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE);
    }

    private static Refused refusal(List<SliceAnswer<Long>> answers) {
        Refused refused = catchThrowableOfType(Refused.class, () -> AllSlices.requireEachSliceOnce(answers, 4));
        assertThat(refused).isNotNull();
        return refused;
    }

    private static SliceAnswer<Long> answer(Integer... partitions) {
        return new SliceAnswer<>(List.of(partitions), 1L);
    }
}
