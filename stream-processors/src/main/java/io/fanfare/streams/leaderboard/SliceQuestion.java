package io.fanfare.streams.leaderboard;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.ranked.OrderKey;
import io.fanfare.ranked.Placement;
import io.fanfare.ranked.RankedQuery;
import io.fanfare.ranked.RankedQuery.FindPlacement;
import io.fanfare.ranked.RankedQuery.LookAround;
import io.fanfare.ranked.Surroundings;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.core.type.TypeReference;

/** A question that every slice of a board is asked; the answer is what theirs come to together. */
sealed interface SliceQuestion<A> {

    BoardKey board();

    /** The question as one store understands it. */
    RankedQuery<A> inStore();

    /** What the answers of several slices come to. */
    A merged(List<A> answers);

    /** Where another instance answers for its slices: path and query. */
    String route();

    /** What comes back from there. */
    TypeReference<Envelope<SliceAnswer<A>>> answerType();

    /**
     * What is around a place in the order.
     *
     * @param at null: the top
     */
    record Around(BoardKey board, @Nullable OrderKey at, int maxBefore, int maxAfter)
            implements SliceQuestion<Surroundings> {

        @Override
        public RankedQuery<Surroundings> inStore() {
            return new LookAround(board.inStore(), BoardKey.ALL_TIME, at, maxBefore, maxAfter);
        }

        @Override
        public Surroundings merged(List<Surroundings> answers) {
            return Surroundings.merged(answers, maxBefore, maxAfter);
        }

        @Override
        public String route() {
            var uri = UriComponentsBuilder.fromPath("/state/v1/leaderboards/{board}/slice/surroundings")
                    .queryParam("max_before", maxBefore)
                    .queryParam("max_after", maxAfter);
            if (at != null) {
                uri.queryParam("score", at.score())
                        .queryParam("reached_at", at.reachedAt())
                        .queryParam("player", at.player());
            }
            return uri.build(board.leaderboard().value()).toString();
        }

        @Override
        public TypeReference<Envelope<SliceAnswer<Surroundings>>> answerType() {
            return new TypeReference<>() {};
        }
    }

    /** Where a player is; the one slice that has them knows. */
    record WhereIs(BoardKey board, PlayerId player) implements SliceQuestion<Optional<Placement>> {

        @Override
        public RankedQuery<Optional<Placement>> inStore() {
            return new FindPlacement(board.inStore(), BoardKey.ALL_TIME, player.value());
        }

        @Override
        public Optional<Placement> merged(List<Optional<Placement>> answers) {
            return answers.stream().flatMap(Optional::stream).findFirst();
        }

        @Override
        public String route() {
            return UriComponentsBuilder.fromPath("/state/v1/leaderboards/{board}/slice/placements/{player}")
                    .build(board.leaderboard().value(), player.value())
                    .toString();
        }

        @Override
        public TypeReference<Envelope<SliceAnswer<Optional<Placement>>>> answerType() {
            return new TypeReference<>() {};
        }
    }
}
