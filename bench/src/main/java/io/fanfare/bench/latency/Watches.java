package io.fanfare.bench.latency;

import io.fanfare.bench.verify.Target;
import io.fanfare.events.PlayCompleted;
import io.fanfare.events.WalletCommand;
import io.fanfare.events.WalletPosted;
import io.fanfare.schemas.Topics;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** Where plays of one tenant become visible, all watched at once. Closing it ends the watch. */
final class Watches implements AutoCloseable {

    final Stage plays = new Stage("answer -> play on its topic (relay)");
    final Stage commands = new Stage("answer -> command on its topic (relay)");
    final Stage entries = new Stage("answer -> committed entry on its topic");

    private final String tenant;
    private final List<TopicWatch<?>> open;

    Watches(Target target, String tenant) {
        this.tenant = tenant;
        this.open = List.of(
                new TopicWatch<>(Topics.PLAYS, target, this::play, plays),
                new TopicWatch<>(Topics.WALLET_COMMANDS, target, this::play, commands),
                new TopicWatch<>(Topics.WALLET_ENTRIES, target, this::play, entries));
    }

    /** Told by the one who got the answer. */
    void answered(String play, boolean hasCredit, long nanos, boolean isMeasured) {
        plays.answered(play, nanos, isMeasured);
        if (hasCredit) {
            commands.answered(play, nanos, isMeasured);
            entries.answered(play, nanos, isMeasured);
        }
    }

    List<Stage> stages() {
        return List.of(plays, commands, entries);
    }

    long unseen() {
        return stages().stream().mapToLong(Stage::unseen).sum();
    }

    @Override
    public void close() {
        for (TopicWatch<?> watch : open) {
            watch.close();
        }
    }

    private Optional<String> play(SpecificRecord record) {
        return switch (record) {
            case PlayCompleted play when isOurs(play.getTenantId()) -> Optional.of(play.getPlayId());
            case WalletCommand command
            when isOurs(command.getTenantId()) -> Optional.of(command.getCause().getRefId());
            case WalletPosted posted when isOurs(posted.getTenantId()) -> Optional.of(posted.getRefId());
            default -> Optional.empty();
        };
    }

    private boolean isOurs(String other) {
        return other.equals(tenant);
    }
}
