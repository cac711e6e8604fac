package io.fanfare.cli;

import io.fanfare.schemas.wire.ConfluentRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** {@code tail}: shows what is on a topic, decoded, and what comes. */
final class TailCommand {

    private static final int ALL = Integer.MAX_VALUE;
    /** Transaction markers take offsets too, about one for each record where there is little traffic. */
    private static final int LEAST_DEPTH = 64;

    private static final int DEEPER = 8;

    private static final Comparator<SeenRecord> OLDEST_FIRST = Comparator.comparing(SeenRecord::timestamp)
            .thenComparingInt(SeenRecord::partition)
            .thenComparingLong(SeenRecord::offset);

    private final PrintStream out;
    private final PrintStream err;

    TailCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    private record Wish(String topic, From from, Filter filter, boolean follow, int limit, boolean json) {}

    int run(List<String> line, Map<String, String> environment) throws IOException {
        var valued = Cli.with(Place.OPTIONS, "--from", "--filter", "--player", "--tenant", "--limit");
        Words words = Words.of("tail", line, Set.of("--json", "--follow", "-f"), valued);
        boolean json = words.has("--json");
        if (words.only().isEmpty()) {
            out.println(json ? Json.pretty(TopicNames.catalogueAsJson()) : TopicNames.catalogue());
            return Cli.DONE;
        }
        var filter = new Filter(
                words.one("--tenant"),
                words.one("--player"),
                words.all("--filter").stream().map(Filter.Field::parse).toList());
        var wish = new Wish(
                TopicNames.resolve(words.only().orElseThrow()),
                words.one("--from").map(From::parse).orElse(new From.Last(10)),
                filter,
                words.has("--follow") || words.has("-f"),
                words.number("--limit", ALL, 1, 999_999_999),
                json);
        Place place = Place.of(words, environment);
        var decoder = new Decoder(new ConfluentRegistry(place.registry()));
        try (var topic = new OpenTopic(place.bootstrap(), wish.topic())) {
            new Tailing(topic, decoder, wish).run();
        }
        return Cli.DONE;
    }

    /** One run. */
    private final class Tailing {

        private final OpenTopic topic;
        private final Decoder decoder;
        private final Wish wish;
        private int shown;

        Tailing(OpenTopic topic, Decoder decoder, Wish wish) {
            this.topic = topic;
            this.decoder = decoder;
            this.wish = wish;
        }

        void run() {
            Map<TopicPartition, Long> ends = topic.ends();
            switch (wish.from()) {
                case From.Beginning() -> read(topic.beginnings(), ends);
                case From.At(var time) -> read(topic.at(time), ends);
                case From.End() -> topic.seek(ends);
                case From.Last(int count) -> last(count, ends).forEach(this::show);
            }
            out.flush();
            if (wish.follow()) {
                topic.seek(ends);
                follow();
            } else if (shown == 0) {
                err.println("nothing like that on " + wish.topic());
            }
        }

        private void read(Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
            topic.seek(from);
            while (topic.isBehind(ends) && isWantingMore()) {
                for (var record : topic.poll()) {
                    boolean isBeforeEnd = record.offset()
                            < ends.getOrDefault(new TopicPartition(record.topic(), record.partition()), 0L);
                    if (isBeforeEnd) {
                        showWanted(SeenRecord.of(record, decoder));
                    }
                }
            }
        }

        /** Looks further and further back until there are enough. */
        private List<SeenRecord> last(int count, Map<TopicPartition, Long> ends) {
            Map<TopicPartition, Long> beginnings = topic.beginnings();
            long depth = Math.max(LEAST_DEPTH, 3L * count);
            while (true) {
                Map<TopicPartition, Long> from = back(ends, depth, beginnings);
                var newest = new PriorityQueue<>(OLDEST_FIRST);
                topic.seek(from);
                topic.readTo(ends, record -> {
                    SeenRecord seen = SeenRecord.of(record, decoder);
                    if (wish.filter().lets(seen)) {
                        newest.add(seen);
                        if (newest.size() > count) {
                            newest.remove();
                        }
                    }
                });
                if (newest.size() == count || from.equals(beginnings)) {
                    return newest.stream().sorted(OLDEST_FIRST).toList();
                }
                depth *= DEEPER;
            }
        }

        private static Map<TopicPartition, Long> back(
                Map<TopicPartition, Long> ends, long depth, Map<TopicPartition, Long> beginnings) {
            var from = new HashMap<TopicPartition, Long>();
            ends.forEach((partition, end) ->
                    from.put(partition, Math.max(beginnings.getOrDefault(partition, 0L), end - depth)));
            return from;
        }

        private void follow() {
            while (isWantingMore()) {
                for (var record : topic.poll()) {
                    showWanted(SeenRecord.of(record, decoder));
                }
            }
        }

        /** Not when there is enough, nor when whoever reads our output has gone. */
        private boolean isWantingMore() {
            return shown < wish.limit() && !out.checkError();
        }

        private void showWanted(SeenRecord record) {
            if (wish.filter().lets(record)) {
                show(record);
            }
        }

        private void show(SeenRecord record) {
            if (shown < wish.limit()) {
                shown++;
                out.println(wish.json() ? Json.line(record.json()) : record.text());
            }
        }
    }
}
