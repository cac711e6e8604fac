package io.fanfare.streams.leaderboard;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.error.Refused;
import io.fanfare.streams.query.Peers;
import io.fanfare.streams.runtime.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Asks every instance for its slices, and answers only when each slice has answered exactly once. */
@Component
final class AllSlices {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final RunningApp app;
    private final LocalSlices here;
    private final Peers peers;
    private final SliceCount count;
    private final JsonMapper json;

    AllSlices(
            @Qualifier("leaderboards") RunningApp app,
            LocalSlices here,
            Peers peers,
            SliceCount count,
            JsonMapper json) {
        this.app = app;
        this.here = here;
        this.peers = peers;
        this.count = count;
        this.json = json;
    }

    /** The slices, asked with the credentials of a request. */
    Slices askedBy(HttpServletRequest request) {
        return new Slices() {
            @Override
            public <A> A ask(SliceQuestion<A> question) {
                List<SliceAnswer<A>> answers = new ArrayList<>();
                for (HostInfo instance : instances()) {
                    answer(instance, question, request).ifPresent(answers::add);
                }
                requireEachSliceOnce(answers, count.slices());
                return question.merged(answers.stream().map(SliceAnswer::answer).toList());
            }
        };
    }

    private <A> Optional<SliceAnswer<A>> answer(
            HostInfo instance, SliceQuestion<A> question, HttpServletRequest request) {
        return instance.equals(app.self())
                ? Optional.of(here.ask(question))
                : peers.ask(instance, question.route(), request)
                        .filter(answer -> answer.status() == 200)
                        .map(answer -> read(question, answer));
    }

    private <A> SliceAnswer<A> read(SliceQuestion<A> question, Peers.Answer answer) {
        Envelope<SliceAnswer<A>> envelope = json.readValue(answer.body(), question.answerType());
        return envelope.data();
    }

    private List<HostInfo> instances() {
        KafkaStreams streams = app.streams().orElseThrow(() -> unavailable("are not running"));
        try {
            Collection<StreamsMetadata> known = streams.streamsMetadataForStore(LeaderboardsTopology.ENTRIES);
            return known.stream().map(StreamsMetadata::hostInfo).toList();
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable("are not running: " + e.getMessage());
        }
    }

    /** A slice that is missing would make ranks too good; one that answers twice, while it moves, too bad. */
    static <A> void requireEachSliceOnce(List<SliceAnswer<A>> answers, int slices) {
        List<Integer> answered = answers.stream()
                .flatMap(answer -> answer.partitions().stream())
                .sorted()
                .toList();
        List<Integer> all = IntStream.range(0, slices).boxed().toList();
        if (!answered.equals(all)) {
            throw unavailable("are moving or restoring: %d of %d answered".formatted(answered.size(), all.size()));
        }
    }

    static Refused unavailable(String why) {
        return Refused.unavailable("the leaderboards " + why, RETRY_AFTER);
    }
}
