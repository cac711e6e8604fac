package io.fanfare.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fanfare.cli.DeadLetterTopics.Book;
import io.fanfare.cli.DeadRecord.State;
import io.fanfare.schemas.wire.ConfluentRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code dlq}: shows the records that no retry could mend, and sends them once more. */
final class DeadLetterCommand {

    private static final int AT_ONCE = 100;

    /** In the order of the topics that they came from, so that a player's records keep theirs. */
    private static final Comparator<DeadRecord> ORDER_OF_SOURCE = Comparator.comparing(
                    (DeadRecord record) -> record.source().topic())
            .thenComparingInt(record -> record.source().partition())
            .thenComparingLong(record -> record.source().offset());

    private final PrintStream out;
    private final PrintStream err;

    DeadLetterCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    int run(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        String what = line.isEmpty() ? "" : line.getFirst();
        List<String> rest = line.isEmpty() ? line : line.subList(1, line.size());
        return switch (what) {
            case "list" -> list(rest, environment);
            case "replay" -> replay(rest, environment);
            default -> throw new NotUnderstood("dlq needs list or replay, not '%s'".formatted(what));
        };
    }

    private int list(List<String> line, Map<String, String> environment) throws IOException {
        Words words = Words.of("dlq list", line, Set.of("--json"), Cli.with(Place.OPTIONS, "--topic", "--limit"));
        requireNoMore(words);
        int limit = words.number("--limit", 50, 1, 1_000_000);
        Optional<String> topic = words.one("--topic").map(TopicNames::resolve);
        Place place = Place.of(words, environment);
        Book book;
        try (var topics = new DeadLetterTopics(place.bootstrap(), new ConfluentRegistry(place.registry()))) {
            book = topics.read();
        }
        List<DeadRecord> all = ofTopic(book.records(), topic);
        List<DeadRecord> shown = all.reversed().stream().limit(limit).toList();
        long dead = all.stream().filter(record -> record.state() == State.DEAD).count();
        if (words.has("--json")) {
            ObjectNode json = Json.object()
                    .put("dead", dead)
                    .put("replayed", all.size() - dead)
                    .put("unreadable", book.unreadable());
            ArrayNode items = json.putArray("items");
            shown.forEach(record -> items.add(record.json()));
            out.println(Json.pretty(json));
        } else {
            shown.forEach(record -> out.println(record.text()));
            out.println("%d dead, %d replayed%s"
                    .formatted(
                            dead,
                            all.size() - dead,
                            shown.size() < all.size() ? "; the newest %d are shown".formatted(shown.size()) : ""));
            warnOf(book);
        }
        return Cli.DONE;
    }

    private int replay(List<String> line, Map<String, String> environment) throws IOException, InterruptedException {
        Words words = Words.of(
                "dlq replay", line, Set.of("--json", "--all", "--dry-run"), Cli.with(Place.OPTIONS, "--topic", "--id"));
        requireNoMore(words);
        Set<Coordinates> ids = new LinkedHashSet<>(
                words.all("--id").stream().map(Coordinates::parse).toList());
        Optional<String> topic = words.one("--topic").map(TopicNames::resolve);
        int ways = (ids.isEmpty() ? 0 : 1) + (topic.isPresent() ? 1 : 0) + (words.has("--all") ? 1 : 0);
        if (ways != 1) {
            throw new NotUnderstood("dlq replay needs either --id (once or more), --topic or --all");
        }
        Place place = Place.of(words, environment);
        var outcome = new Outcome(words.has("--dry-run"), words.has("--json"));
        var registry = new ConfluentRegistry(place.registry());
        try (var topics = new DeadLetterTopics(place.bootstrap(), registry)) {
            if (outcome.isDryRun()) {
                outcome.replayed(planned(choose(topics.read(), ids, topic, outcome)));
            } else {
                try (var replaying = new Replaying(place.bootstrap(), registry)) {
                    send(choose(topics.read(), ids, topic, outcome), topics, replaying, outcome);
                }
            }
        }
        outcome.conclude();
        return outcome.isComplete() ? Cli.DONE : Cli.NOT_POSSIBLE;
    }

    private List<DeadRecord> choose(Book book, Set<Coordinates> ids, Optional<String> topic, Outcome outcome) {
        warnOf(book);
        if (ids.isEmpty()) {
            return ofTopic(book.records(), topic).stream()
                    .filter(record -> record.state() == State.DEAD)
                    .sorted(ORDER_OF_SOURCE)
                    .toList();
        }
        Map<Coordinates, DeadRecord> known = new LinkedHashMap<>();
        book.records().forEach(record -> known.put(record.source(), record));
        var chosen = new ArrayList<DeadRecord>();
        for (Coordinates id : ids) {
            DeadRecord record = known.get(id);
            if (record == null) {
                outcome.impossible(id, "there is no such dead letter");
            } else if (record.state() == State.REPLAYED) {
                outcome.passedOver(id, "was replayed already, and has not failed since");
            } else {
                chosen.add(record);
            }
        }
        chosen.sort(ORDER_OF_SOURCE);
        return chosen;
    }

    private void send(List<DeadRecord> chosen, DeadLetterTopics topics, Replaying replaying, Outcome outcome)
            throws InterruptedException {
        for (int from = 0; from < chosen.size(); from += AT_ONCE) {
            List<DeadRecord> some = chosen.subList(from, Math.min(from + AT_ONCE, chosen.size()));
            Map<DeadRecord, Replay> sent = replaying.send(some, topics);
            outcome.replayed(sent);
            some.stream()
                    .filter(record -> !sent.containsKey(record))
                    .forEach(record -> outcome.impossible(record.source(), "its bytes are no longer there"));
            if (chosen.size() > AT_ONCE) {
                err.println("%d of %d".formatted(Math.min(from + AT_ONCE, chosen.size()), chosen.size()));
            }
        }
    }

    /** What would be sent; the offsets are not known. */
    private static Map<DeadRecord, Replay> planned(List<DeadRecord> chosen) {
        var plan = new LinkedHashMap<DeadRecord, Replay>();
        chosen.forEach(record -> plan.put(
                record,
                new Replay(
                        record.source(),
                        record.replays() + 1,
                        -1,
                        record.lastLetter().failedAt())));
        return plan;
    }

    private static List<DeadRecord> ofTopic(List<DeadRecord> records, Optional<String> topic) {
        return records.stream()
                .filter(record -> topic.map(record.source().topic()::equals).orElse(true))
                .toList();
    }

    private static void requireNoMore(Words words) {
        words.rest().stream().findFirst().ifPresent(word -> {
            throw new NotUnderstood("%s does not know what to do with %s".formatted(words.command(), word));
        });
    }

    private void warnOf(Book book) {
        if (book.unreadable() > 0) {
            err.println("%d records of the dead-letter topics cannot be read themselves".formatted(book.unreadable()));
        }
    }

    /** What became of a replay, told as it goes or, as JSON, in the end. */
    private final class Outcome {

        private final boolean isDryRun;
        private final boolean json;
        private final ArrayNode replayed = Json.array();
        private final ArrayNode passedOver = Json.array();
        private final ArrayNode impossible = Json.array();

        Outcome(boolean isDryRun, boolean json) {
            this.isDryRun = isDryRun;
            this.json = json;
        }

        boolean isDryRun() {
            return isDryRun;
        }

        boolean isComplete() {
            return impossible.isEmpty();
        }

        void replayed(Map<DeadRecord, Replay> sent) {
            sent.forEach((record, replay) -> {
                ObjectNode line = replayed.addObject()
                        .put("id", record.source().toString())
                        .put("key", record.lastLetter().key())
                        .put("replay", replay.number());
                if (!isDryRun) {
                    line.put("sent_offset", replay.sentOffset());
                }
                say("%s  %s  %s replay %d%s"
                        .formatted(
                                isDryRun ? "would send" : "sent",
                                record.source(),
                                record.lastLetter().key(),
                                replay.number(),
                                isDryRun ? "" : ", to offset " + replay.sentOffset()));
            });
        }

        void passedOver(Coordinates id, String why) {
            passedOver.addObject().put("id", id.toString()).put("why", why);
            say("passed over  %s  %s".formatted(id, why));
        }

        void impossible(Coordinates id, String why) {
            impossible.addObject().put("id", id.toString()).put("why", why);
            say("not possible  %s  %s".formatted(id, why));
        }

        void conclude() {
            say("%d %s, %d passed over, %d not possible"
                    .formatted(
                            replayed.size(),
                            isDryRun ? "would be replayed" : "replayed",
                            passedOver.size(),
                            impossible.size()));
            if (json) {
                ObjectNode all = Json.object().put("dry_run", isDryRun);
                all.set("replayed", replayed);
                all.set("passed_over", passedOver);
                all.set("not_possible", impossible);
                out.println(Json.pretty(all));
            }
        }

        private void say(String line) {
            if (!json) {
                out.println(line);
            }
        }
    }
}
