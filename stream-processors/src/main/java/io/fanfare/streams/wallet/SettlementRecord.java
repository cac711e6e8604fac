package io.fanfare.streams.wallet;

import io.fanfare.engine.wallet.LedgerEntry;
import io.fanfare.engine.wallet.Settlement;
import io.fanfare.engine.wallet.Settling.ExpiringSoon;
import io.fanfare.engine.wallet.WalletId;
import io.fanfare.events.PointsExpiring;
import io.fanfare.events.SettledEntry;
import io.fanfare.events.SettledLot;
import io.fanfare.events.WalletSettled;
import io.fanfare.schemas.Topics;
import io.fanfare.streams.cloudevents.CloudEventHeaders;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Record;

/** The records that tell the world what time did to a wallet, and what it is about to do. */
final class SettlementRecord {

    private SettlementRecord() {}

    static Record<String, SpecificRecord> of(WalletId wallet, Settlement settlement) {
        var value = WalletSettled.newBuilder()
                .setTenantId(wallet.tenant().value())
                .setScopeKey(wallet.scope().value())
                .setPlayerId(wallet.player().value())
                .setSettlement(settlement.number())
                .setAfterSequence(settlement.afterSequence())
                .setOccurredAt(settlement.at())
                .setReason(settlement.cause().reason())
                .setRefId(settlement.cause().refId())
                .setEntries(settlement.entries().stream()
                        .map(SettlementRecord::entry)
                        .toList())
                .build();
        return record(wallet, value, "%s/%d".formatted(wallet, settlement.number()), settlement.at());
    }

    static Record<String, SpecificRecord> of(WalletId wallet, ExpiringSoon expiring, Instant now) {
        var value = PointsExpiring.newBuilder()
                .setTenantId(wallet.tenant().value())
                .setScopeKey(wallet.scope().value())
                .setPlayerId(wallet.player().value())
                .setCurrency(expiring.currency().code())
                .setAmount(expiring.lot().amount())
                .setExpiresAt(expiring.lot().expiresAt())
                .setOccurredAt(now)
                .build();
        String cause =
                "%s/%s/%s".formatted(wallet, expiring.currency(), expiring.lot().expiresAt());
        return record(wallet, value, cause, now);
    }

    static Record<String, SpecificRecord> record(
            WalletId wallet, SpecificRecord value, String cause, Instant occurredAt) {
        String key = Topics.playerKey(wallet.tenant().value(), wallet.player().value());
        var headers = new CloudEventHeaders(
                OutcomeRecord.APP,
                value.getSchema().getName(),
                key,
                cause,
                occurredAt,
                wallet.tenant().value(),
                null);
        return new Record<>(key, value, occurredAt.toEpochMilli(), headers.toHeaders());
    }

    private static SettledEntry entry(LedgerEntry entry) {
        return new SettledEntry(
                entry.currency().code(),
                entry.amount(),
                entry.counterAccount().account(),
                entry.balanceAfter(),
                entry.account().account(),
                entry.lots().stream()
                        .map(lot -> new SettledLot(lot.expiresAt(), lot.amount()))
                        .toList());
    }
}
