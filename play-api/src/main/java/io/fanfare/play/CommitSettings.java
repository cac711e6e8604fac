package io.fanfare.play;

import io.fanfare.store.play.GroupCommitSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** How plays share transactions; see {@link GroupCommitSettings}. */
@ConfigurationProperties("fanfare.commit")
public record CommitSettings(
        @DefaultValue("3") int lanes,
        @DefaultValue("64") int maxBatch,
        @DefaultValue("500") int maxWaiting,
        @DefaultValue("2s") Duration patience,
        @DefaultValue("10ms") Duration gatherFor,
        @DefaultValue("16") int gatherUpTo) {

    public GroupCommitSettings groups() {
        return new GroupCommitSettings(lanes, maxBatch, maxWaiting, patience, gatherFor, gatherUpTo);
    }
}
