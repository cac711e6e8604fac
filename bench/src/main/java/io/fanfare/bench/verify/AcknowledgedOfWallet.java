package io.fanfare.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanfare.bench.verify.Snapshot.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A definite answer about a wallet, as it was given. What is null was not kept and is not compared. */
sealed interface AcknowledgedOfWallet {

    Ref player();

    /** Of the request. */
    @Nullable
    String key();

    /** What was acknowledged, among all of its kind; null where the refusal names nothing. */
    @Nullable
    Ref id();

    /** What the request got, for messages. */
    String told();

    /**
     * A redemption.
     *
     * @param redemption null where it was refused before there was one
     * @param status granted or refused
     * @param refusal of the wallet
     */
    record OfRedemption(
            Ref player,
            @Nullable String redemption,
            @Nullable String key,
            String status,
            @Nullable String refusal,
            @Nullable Outcome reward,
            @Nullable String consistency)
            implements AcknowledgedOfWallet {

        private static final Set<String> FIELDS = Set.of(
                "kind",
                "tenant",
                "player",
                "redemption_id",
                "idempotency_key",
                "status",
                "refusal",
                "reason",
                "reward",
                "consistency",
                "at");

        static OfRedemption of(AckLine line) throws IOException {
            line.requireOnly(FIELDS);
            String status = line.status("granted");
            JsonNode reward = line.json().path("reward");
            return new OfRedemption(
                    line.player(),
                    status.equals("granted") ? line.required("redemption_id") : line.text("redemption_id"),
                    line.text("idempotency_key"),
                    status,
                    line.text("refusal"),
                    reward.isObject() ? RewardTables.outcomes(List.of(reward)).getFirst() : null,
                    line.text("consistency"));
        }

        @Override
        public @Nullable Ref id() {
            return redemption == null ? null : new Ref(player.tenant(), redemption);
        }

        boolean isGranted() {
            return status.equals("granted");
        }

        @Override
        public String told() {
            return "redemption %s %s".formatted(redemption, status);
        }
    }

    /**
     * A command of a wallet.
     *
     * @param command its id; null where it was refused before there was one
     * @param status posted or refused
     * @param refusal of the wallet
     * @param entries in their order
     */
    record OfCommand(
            Ref player,
            @Nullable String command,
            @Nullable String key,
            String status,
            @Nullable String refusal,
            @Nullable List<Posting> entries,
            @Nullable String consistency)
            implements AcknowledgedOfWallet {

        private static final Set<String> FIELDS = Set.of(
                "kind",
                "tenant",
                "player",
                "command_id",
                "idempotency_key",
                "status",
                "refusal",
                "reason",
                "entries",
                "consistency",
                "at");

        public OfCommand {
            entries = entries == null ? null : List.copyOf(entries);
        }

        static OfCommand of(AckLine line) throws IOException {
            line.requireOnly(FIELDS);
            String status = line.status("posted");
            JsonNode entries = line.json().path("entries");
            return new OfCommand(
                    line.player(),
                    status.equals("posted") ? line.required("command_id") : line.text("command_id"),
                    line.text("idempotency_key"),
                    status,
                    line.text("refusal"),
                    entries.isArray() ? postings(entries) : null,
                    line.text("consistency"));
        }

        /** Lots are left out: an answer tells them in seconds. */
        private static List<Posting> postings(JsonNode entries) {
            var postings = new ArrayList<Posting>();
            for (JsonNode entry : entries) {
                postings.add(new Posting(
                        entry.path("currency").asText(),
                        entry.path("account").asText(),
                        entry.path("counter_account").asText(),
                        entry.path("amount").asLong(),
                        entry.path("balance_after").asLong(),
                        List.of()));
            }
            return postings;
        }

        @Override
        public @Nullable Ref id() {
            return command == null ? null : new Ref(player.tenant(), command);
        }

        boolean isPosted() {
            return status.equals("posted");
        }

        @Override
        public String told() {
            return "command %s %s".formatted(command, status);
        }
    }

    /**
     * A transfer whose amount has left the sender's wallet.
     *
     * @param to null where it was not kept
     * @param status sent, completed, returning or returned
     */
    record OfTransfer(
            Ref player,
            String transfer,
            @Nullable String key,
            @Nullable String to,
            String currency,
            long amount,
            String status)
            implements AcknowledgedOfWallet {

        private static final Set<String> FIELDS = Set.of(
                "kind",
                "tenant",
                "player",
                "transfer_id",
                "idempotency_key",
                "to",
                "currency",
                "amount",
                "status",
                "consistency",
                "at");

        static OfTransfer of(AckLine line) throws IOException {
            line.requireOnly(FIELDS);
            return new OfTransfer(
                    line.player(),
                    line.required("transfer_id"),
                    line.text("idempotency_key"),
                    line.text("to"),
                    line.required("currency"),
                    line.json().path("amount").asLong(),
                    line.required("status"));
        }

        @Override
        public Ref id() {
            return new Ref(player.tenant(), transfer);
        }

        @Override
        public String told() {
            return "transfer %s %s".formatted(transfer, status);
        }
    }
}
