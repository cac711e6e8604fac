package io.fanfare.cli;

import io.fanfare.events.DeadLetter;
import io.fanfare.events.DeadLetterReplayed;
import io.fanfare.schemas.Topics;
import io.fanfare.schemas.wire.MalformedRecord;
import io.fanfare.schemas.wire.RecordReader;
import io.fanfare.schemas.wire.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** The dead letters and their replays, as the broker has them now. */
final class DeadLetterTopics implements AutoCloseable {

    private static final Duration REGISTRY_PATIENCE = Duration.ofSeconds(5);

    private final OpenTopic letters;
    private final OpenTopic replays;
    private final RecordReader<DeadLetter> letterReader;
    private final RecordReader<DeadLetterReplayed> replayReader;

    /** What both topics hold. {@code unreadable} records of theirs are no letters at all. */
    record Book(List<DeadRecord> records, int unreadable) {}

    DeadLetterTopics(String bootstrap, SchemaRegistry registry) {
        this.letters = new OpenTopic(bootstrap, Topics.DEAD_LETTERS.name());
        this.replays = new OpenTopic(bootstrap, Topics.DEAD_LETTER_REPLAYS.name());
        this.letterReader = new RecordReader<>(Topics.DEAD_LETTERS, registry, REGISTRY_PATIENCE);
        this.replayReader = new RecordReader<>(Topics.DEAD_LETTER_REPLAYS, registry, REGISTRY_PATIENCE);
    }

    /** Letters first: a letter about a replay is read only together with that replay. */
    Book read() {
        var about = new ArrayList<Letter>();
        var sent = new ArrayList<Replay>();
        var unreadable = new ArrayList<Coordinates>();
        letters.seek(letters.beginnings());
        letters.readTo(letters.ends(), record -> {
            Coordinates place = place(record);
            letter(record).ifPresentOrElse(letter -> about.add(Letter.of(place, letter)), () -> unreadable.add(place));
        });
        replays.seek(replays.beginnings());
        replays.readTo(
                replays.ends(),
                record -> replay(record)
                        .ifPresentOrElse(replay -> sent.add(Replay.of(replay)), () -> unreadable.add(place(record))));
        return new Book(DeadRecord.of(about, sent), unreadable.size());
    }

    /** Whole letters by their places, in one go; those that are gone meanwhile are missing. */
    Map<Coordinates, DeadLetter> whole(List<Letter> wanted) {
        var places = new HashSet<Coordinates>();
        var first = new HashMap<TopicPartition, Long>();
        var last = new HashMap<TopicPartition, Long>();
        for (Letter letter : wanted) {
            Coordinates place = letter.place();
            var partition = new TopicPartition(place.topic(), place.partition());
            places.add(place);
            first.merge(partition, place.offset(), Math::min);
            last.merge(partition, place.offset(), Math::max);
        }
        var found = new HashMap<Coordinates, DeadLetter>();
        letters.readBetween(first, last, record -> {
            if (places.contains(place(record))) {
                letter(record).ifPresent(letter -> found.put(place(record), letter));
            }
        });
        return found;
    }

    /** Returns when readers see the notes about replays up to these. */
    void awaitReplays(Map<TopicPartition, Long> last) throws InterruptedException {
        replays.awaitSeen(last);
    }

    @Override
    public void close() {
        letters.close();
        replays.close();
    }

    private Optional<DeadLetter> letter(ConsumerRecord<byte[], byte[]> record) {
        return read(letterReader, record);
    }

    private Optional<DeadLetterReplayed> replay(ConsumerRecord<byte[], byte[]> record) {
        return read(replayReader, record);
    }

    private static <V extends SpecificRecord> Optional<V> read(
            RecordReader<V> reader, ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.value() == null ? Optional.empty() : Optional.of(reader.read(record.value()));
        } catch (MalformedRecord _) {
            return Optional.empty();
        }
    }

    private static Coordinates place(ConsumerRecord<?, ?> record) {
        return new Coordinates(record.topic(), record.partition(), record.offset());
    }
}
