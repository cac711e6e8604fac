package io.fanfare.streams.runtime;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far the state of an app is restored; told to the log every few seconds while it goes on. */
final class RestoreProgress implements StateRestoreListener {

    private static final Logger LOG = LoggerFactory.getLogger(RestoreProgress.class);
    private static final Duration PACE = Duration.ofSeconds(5);

    private final String app;
    private final Map<TopicPartition, Part> parts = new ConcurrentHashMap<>();
    private final AtomicLong told = new AtomicLong(System.nanoTime());

    /** One store of one task. */
    private record Part(long restored, long total) {}

    RestoreProgress(String app) {
        this.app = app;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long end) {
        parts.put(changelog, new Part(0, Math.max(0, end - from)));
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long batchEnd, long restored) {
        parts.computeIfPresent(changelog, (_, part) -> new Part(part.restored() + restored, part.total()));
        long last = told.get();
        long now = System.nanoTime();
        if (now - last >= PACE.toNanos() && told.compareAndSet(last, now)) {
            LOG.info("{}: {}", app, soFar());
        }
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long restored) {
        parts.computeIfPresent(changelog, (_, part) -> new Part(part.total(), part.total()));
        if (parts.values().stream().allMatch(part -> part.restored() >= part.total())) {
            LOG.info("{}: {}", app, soFar());
            parts.clear();
        }
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String store, long restored) {
        parts.remove(changelog);
    }

    /** Records of changelogs; those that a transaction aborted and its marks are counted among the total. */
    RestoredState soFar() {
        long restored = 0;
        long total = 0;
        for (Part part : parts.values()) {
            restored += part.restored();
            total += part.total();
        }
        return new RestoredState(restored, total);
    }
}
