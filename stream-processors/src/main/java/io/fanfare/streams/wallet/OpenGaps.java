package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The wallets of one task that wait for a missing command, and since when; says so once where it takes too long. */
final class OpenGaps {

    static final Duration ALARM_AFTER = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(OpenGaps.class);

    private final Map<WalletId, Gap> open = new HashMap<>();
    private final Set<WalletId> overdue = new HashSet<>();
    private final WalletMeters meters;

    /** @param missing number of the command that is waited for */
    private record Gap(long missing, Instant since) {}

    OpenGaps(WalletMeters meters) {
        this.meters = meters;
    }

    boolean isEmpty() {
        return open.isEmpty();
    }

    void open(WalletId wallet, long missing, Instant now) {
        open.merge(wallet, new Gap(missing, now), (before, _) -> new Gap(missing, before.since()));
    }

    void close(WalletId wallet) {
        open.remove(wallet);
        if (overdue.remove(wallet)) {
            meters.overdueGaps.decrementAndGet();
            LOG.info("wallet {} has no gap any more", wallet);
        }
    }

    /** The task goes elsewhere; whoever has it next watches its gaps. */
    void forget() {
        meters.overdueGaps.addAndGet(-overdue.size());
        overdue.clear();
        open.clear();
    }

    void raiseAlarms(Instant now) {
        open.forEach((wallet, gap) -> {
            if (!gap.since().plus(ALARM_AFTER).isAfter(now) && overdue.add(wallet)) {
                meters.overdueGaps.incrementAndGet();
                LOG.warn("wallet {} has waited for its command {} since {}", wallet, gap.missing(), gap.since());
            }
        });
    }
}
