package io.fanfare.streams.query;

import io.fanfare.edge.answer.Envelope;
import io.fanfare.edge.error.Refused;
import io.fanfare.streams.runtime.RunningApp;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyQueryMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Answers questions about what belongs to one record key. The instance that owns the key answers; another one passes the
 * question on, once. While the owner restores or is gone, a standby copy answers; where there is none, the answer is 503.
 */
@Component
public final class StateQueries {

    private static final Logger LOG = LoggerFactory.getLogger(StateQueries.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Peers peers;

    StateQueries(Peers peers) {
        this.peers = peers;
    }

    /**
     * The answer, from here or from elsewhere.
     *
     * @param key of the records that the state comes from, such as {@code tenant/player}
     * @param question what to read here; runs where this instance has the state
     */
    public ResponseEntity<?> answer(
            RunningApp app,
            String store,
            String key,
            HttpServletRequest request,
            Function<LocalState, Object> question) {
        KafkaStreams streams = app.streams().orElseThrow(() -> unavailable(app, "is not running"));
        KeyQueryMetadata owner = owner(app, streams, store, key);
        boolean isOurs = owner.activeHost().equals(app.self());
        if (isOurs) {
            Optional<Object> here = ask(new StreamsState(streams, owner.partition(), true), question);
            if (here.isPresent()) {
                return ResponseEntity.ok(Envelope.ok(here.get()));
            }
        }
        return fromElsewhere(app, streams, owner, request, question);
    }

    private ResponseEntity<?> fromElsewhere(
            RunningApp app,
            KafkaStreams streams,
            KeyQueryMetadata owner,
            HttpServletRequest request,
            Function<LocalState, Object> question) {
        Set<HostInfo> candidates = new LinkedHashSet<>();
        candidates.add(owner.activeHost());
        candidates.addAll(owner.standbyHosts());
        candidates.remove(app.self());
        if (!Peers.isFromPeer(request)) {
            for (HostInfo candidate : candidates) {
                Optional<Peers.Answer> there = peers.ask(candidate, request);
                if (there.isPresent()) {
                    return ResponseEntity.status(there.get().status())
                            .contentType(MediaType.parseMediaType(there.get().contentType()))
                            .body(there.get().body());
                }
            }
        }
        boolean hasCopy = owner.standbyHosts().contains(app.self());
        Optional<Object> copy =
                hasCopy ? ask(new StreamsState(streams, owner.partition(), false), question) : Optional.empty();
        return copy.map(answer -> ResponseEntity.ok(Envelope.ok(answer)))
                .orElseThrow(() -> unavailable(app, "is moving or restoring"));
    }

    private static KeyQueryMetadata owner(RunningApp app, KafkaStreams streams, String store, String key) {
        try (var serializer = new StringSerializer()) {
            KeyQueryMetadata owner = streams.queryMetadataForKey(store, key, serializer);
            if (owner == null || owner.equals(KeyQueryMetadata.NOT_AVAILABLE)) {
                throw unavailable(app, "is being distributed");
            }
            return owner;
        } catch (InvalidStateStoreException | IllegalStateException e) {
            throw unavailable(app, "is not running: " + e.getMessage());
        }
    }

    private static Optional<Object> ask(LocalState state, Function<LocalState, Object> question) {
        try {
            return Optional.of(question.apply(state));
        } catch (InvalidStateStoreException e) {
            LOG.debug("partition {} cannot be read here now", state.partition(), e);
            return Optional.empty();
        }
    }

    private static Refused unavailable(RunningApp app, String why) {
        return Refused.unavailable("the state of %s %s".formatted(app.name(), why), RETRY_AFTER);
    }
}
