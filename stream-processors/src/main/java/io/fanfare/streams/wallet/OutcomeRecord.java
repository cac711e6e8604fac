package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.RecordedOutcome;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Accepted;
import io.fanfare.engine.wallet.RecordedOutcome.Verdict.Declined;
import io.fanfare.engine.wallet.Refusal;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.WalletEntry;
import io.fanfare.events.WalletEntryLot;
import io.fanfare.events.WalletPosted;
import io.fanfare.events.WalletRefused;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.cloudevents.CloudEventHeaders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The record that tells the world what became of a command. */
final class OutcomeRecord {

    /** Present, with value {@code true}, on an outcome that was told before: readers that add up must pass over it. */
    static final String REPEATED = "fanfare-repeated";

    static final String APP = "wallets";

    private OutcomeRecord() {}

    static Record<String, SpecificRecord> of(WalletId wallet, RecordedOutcome outcome, @Nullable String traceparent) {
        SpecificRecord value = switch (outcome.verdict()) {
            case Accepted(List<LedgerEntry> entries) -> posted(wallet, outcome, entries);
            case Declined(Refusal refusal, String detail) -> refused(wallet, outcome, refusal, detail);
        };
        String key = Topics.playerKey(wallet.tenant().value(), wallet.player().value());
        Headers headers = new CloudEventHeaders(
                        APP,
                        value.getSchema().getName(),
                        key,
                        outcome.id().value(),
                        outcome.occurredAt(),
                        wallet.tenant().value(),
                        traceparent)
                .toHeaders();
        return new Record<>(key, value, outcome.occurredAt().toEpochMilli(), headers);
    }

    static Record<String, SpecificRecord> repeated(
            WalletId wallet, RecordedOutcome outcome, @Nullable String traceparent) {
        Record<String, SpecificRecord> told = of(wallet, outcome, traceparent);
        told.headers().add(REPEATED, "true".getBytes(StandardCharsets.UTF_8));
        return told;
    }

    private static WalletPosted posted(WalletId wallet, RecordedOutcome outcome, List<LedgerEntry> entries) {
        // Of its builder's work for each record, a copy of the defaults and of every field, nothing is needed.
        return new WalletPosted(
                outcome.id().value(),
                wallet.tenant().value(),
                wallet.scope().value(),
                wallet.player().value(),
                outcome.sequence(),
                outcome.occurredAt(),
                outcome.cause().reason(),
                outcome.cause().refId(),
                entries.stream().map(OutcomeRecord::entry).toList());
    }

    private static WalletRefused refused(WalletId wallet, RecordedOutcome outcome, Refusal refusal, String detail) {
        return new WalletRefused(
                outcome.id().value(),
                wallet.tenant().value(),
                wallet.scope().value(),
                wallet.player().value(),
                outcome.sequence(),
                outcome.occurredAt(),
                outcome.cause().reason(),
                outcome.cause().refId(),
                refusal.name(),
                detail);
    }

    private static WalletEntry entry(LedgerEntry entry) {
        return new WalletEntry(
                entry.currency().code(),
                entry.amount(),
                entry.counterAccount().account(),
                entry.balanceAfter(),
                entry.account().account(),
                entry.lots().stream()
                        .map(lot -> new WalletEntryLot(lot.expiresAt(), lot.amount()))
                        .toList());
    }
}
