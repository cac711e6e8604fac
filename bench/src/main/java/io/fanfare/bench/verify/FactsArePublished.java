package io.fanfare.bench.verify;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toSet;

import io.fanfare.bench.verify.Snapshot.CommandRow;
import io.fanfare.bench.verify.Snapshot.DefinitionRow;
import io.fanfare.bench.verify.Snapshot.Outcome;
import io.fanfare.bench.verify.Snapshot.PlayRow;
import io.fanfare.events.DeadLetter;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.PlayReward;
import io.fanfare.events.WalletCommand;
import io.fanfare.schemas.Topics;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tables and topics tell the same story, whatever its age: each play, wallet command and definition is on its topic, in the order
 * of its numbers, and nothing is there that was never committed.
 */
final class FactsArePublished {

    private FactsArePublished() {}

    static Check check(Snapshot snapshot, Published published, Since since) {
        var findings = new Findings(4, "facts are published");
        findings.saw(snapshot.plays().size()
                + snapshot.commands().size()
                + snapshot.definitions().size());
        plays(snapshot, published, since, findings);
        commands(snapshot, published, since, findings);
        definitions(snapshot, published, findings);
        deadLetters(published, findings);
        findings.note("%d plays, %d commands, %d definitions"
                .formatted(
                        snapshot.plays().size(),
                        snapshot.commands().size(),
                        snapshot.definitions().size()));
        return findings.result();
    }

    /** The plays on the topic that the snapshot does not have. */
    static Set<Ref> playsBeyond(Snapshot snapshot, List<Fact<PlayCompleted>> facts) {
        Set<Ref> known = snapshot.plays().stream().map(PlayRow::id).collect(toSet());
        return facts.stream()
                .flatMap(fact -> Stream.ofNullable(fact.value()))
                .map(play -> new Ref(play.getTenantId(), play.getPlayId()))
                .filter(play -> !known.contains(play))
                .collect(toSet());
    }

    /** The commands on the topic that the snapshot does not have, by command id. */
    static Set<Ref> commandsBeyond(Snapshot snapshot, List<Fact<WalletCommand>> facts) {
        Set<Ref> known = snapshot.commands().stream()
                .map(command -> new Ref(command.wallet().tenant(), command.commandId()))
                .collect(toSet());
        return facts.stream()
                .flatMap(fact -> Stream.ofNullable(fact.value()))
                .map(command -> new Ref(command.getTenantId(), command.getCommandId()))
                .filter(command -> !known.contains(command))
                .collect(toSet());
    }

    private static void plays(Snapshot snapshot, Published published, Since since, Findings findings) {
        Map<Ref, SequencedMap<Long, Fact<PlayCompleted>>> told =
                FirstTellings.of(published.plays(), Boards::player, PlayCompleted::getSequence, findings::violated);
        Map<Ref, List<Outcome>> outcomes = PlaysExistOnce.outcomes(snapshot);
        Set<Ref> known = new HashSet<>();
        for (PlayRow row : snapshot.plays()) {
            known.add(row.id());
            Fact<PlayCompleted> fact =
                    told.getOrDefault(row.player(), new LinkedHashMap<>()).get(row.number());
            PlayCompleted play = fact == null ? null : fact.value();
            if (fact == null || play == null) {
                findings.violated("play %s, number %d of %s, is not on its topic"
                        .formatted(row.id(), row.number(), row.player()));
            } else if (!isSame(row, play) || !rewards(play).equals(withoutCodes(outcomes.get(row.id())))) {
                findings.violated(
                        "%s: %s is not what the table has of play %s".formatted(fact.place(), play, row.id()));
            } else if (!fact.key()
                    .equals(Topics.playerKey(row.player().tenant(), row.player().id()))) {
                findings.violated("%s: play of %s has key '%s'".formatted(fact.place(), row.player(), fact.key()));
            }
        }
        for (Fact<PlayCompleted> fact : published.plays()) {
            PlayCompleted play = fact.value();
            if (play != null) {
                var id = new Ref(play.getTenantId(), play.getPlayId());
                if (!known.contains(id) && !since.plays().contains(id)) {
                    findings.violated("%s: play %s was never committed".formatted(fact.place(), id));
                }
            }
        }
    }

    private static void commands(Snapshot snapshot, Published published, Since since, Findings findings) {
        Map<Wallet, SequencedMap<Long, Fact<WalletCommand>>> told = FirstTellings.of(
                published.commands(), WalletRecount::wallet, WalletCommand::getSequence, findings::violated);
        Set<Ref> known = new HashSet<>();
        for (CommandRow row : snapshot.commands()) {
            known.add(new Ref(row.wallet().tenant(), row.commandId()));
            Fact<WalletCommand> fact =
                    told.getOrDefault(row.wallet(), new LinkedHashMap<>()).get(row.number());
            if (fact == null) {
                findings.violated("command %d of wallet %s is not on its topic".formatted(row.number(), row.wallet()));
            } else if (!fact.payload().equals(row.payload())) {
                findings.violated("%s: command %d of wallet %s has other bytes than in its table"
                        .formatted(fact.place(), row.number(), row.wallet()));
            }
        }
        for (Fact<WalletCommand> fact : published.commands()) {
            WalletCommand command = fact.value();
            if (command != null) {
                var id = new Ref(command.getTenantId(), command.getCommandId());
                if (!known.contains(id) && !since.commands().contains(id)) {
                    findings.violated("%s: command %s was never committed".formatted(fact.place(), id));
                }
            }
        }
        snapshot.commands().stream().collect(groupingBy(CommandRow::wallet)).forEach((wallet, rows) -> {
            List<Long> numbers = rows.stream().map(CommandRow::number).sorted().toList();
            for (int i = 0; i < numbers.size(); i++) {
                if (numbers.get(i) != i + 1) {
                    findings.violated("commands of wallet %s have number %d in place of %d"
                            .formatted(wallet, numbers.get(i), i + 1));
                    return;
                }
            }
        });
    }

    private static void definitions(Snapshot snapshot, Published published, Findings findings) {
        Set<String> told = published.config().stream().map(Fact::key).collect(toSet());
        for (DefinitionRow row : snapshot.definitions()) {
            if (!told.contains(row.key())) {
                findings.violated("definition %s is not on its topic".formatted(row.key()));
            }
        }
    }

    /** What nobody can read must be a dead letter by now. */
    private static void deadLetters(Published published, Findings findings) {
        Set<String> dead = new HashSet<>();
        for (Fact<DeadLetter> fact : published.deadLetters()) {
            DeadLetter letter = fact.value();
            if (letter != null) {
                dead.add("%s-%d@%d"
                        .formatted(letter.getSourceTopic(), letter.getSourcePartition(), letter.getSourceOffset()));
            }
        }
        long[] unreadable = {0};
        Stream.of(published.plays(), published.commands(), published.config())
                .<Fact<?>>flatMap(List::stream)
                .filter(fact -> fact.value() == null && published.isDrained(fact))
                .forEach(fact -> {
                    unreadable[0]++;
                    if (!dead.contains(fact.place())) {
                        findings.violated("%s: nobody can read it, and it is no dead letter".formatted(fact.place()));
                    }
                });
        if (unreadable[0] > 0) {
            findings.note("%d unreadable records".formatted(unreadable[0]));
        }
    }

    private static boolean isSame(PlayRow row, PlayCompleted play) {
        return play.getPlayId().equals(row.id().id())
                && play.getGameId().equals(row.game())
                && play.getGameRevision() == row.revision()
                && Objects.equals(play.getScore(), row.score())
                && play.getOccurredAt().equals(row.at());
    }

    private static List<Outcome> rewards(PlayCompleted play) {
        return play.getRewards().stream().map(FactsArePublished::outcome).toList();
    }

    private static Outcome outcome(PlayReward reward) {
        return new Outcome(
                reward.getRewardId(),
                reward.getPrizeId(),
                reward.getType(),
                reward.getQuantity(),
                reward.getValue(),
                null);
    }

    /** Codes are never published. */
    private static List<Outcome> withoutCodes(@Nullable List<Outcome> outcomes) {
        return (outcomes == null ? List.<Outcome>of() : outcomes)
                .stream()
                        .map(one ->
                                new Outcome(one.reward(), one.prize(), one.type(), one.quantity(), one.value(), null))
                        .toList();
    }
}
