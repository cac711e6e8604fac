package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Insisting.Settled;
import io.fanfare.bench.load.Tally.Kind;

/** A definite answer about a wallet, understood. */
sealed interface Told {

    /** It is done; {@code data} says what. */
    record Done(JsonNode data) implements Told {}

    /**
     * It is refused, and may be.
     *
     * @param reason for which
     * @param refusal the wallet's own word; empty where no wallet was asked
     * @param id of the command or redemption that was refused; empty where there is none
     */
    record Refused(String reason, String refusal, String id) implements Told {}

    /** It should not have been answered like this. */
    record Wrong(String complaint) implements Told {}

    static Told of(Kind kind, Settled request) {
        Answer end = request.end();
        JsonNode data = end.data();
        boolean isRefusedLater =
                end.status() == 200 && data.path("status").asText().equals("refused");
        if (end.status() == 200 && !isRefusedLater) {
            return new Done(data);
        }
        String refusal = isRefusedLater ? either(data, "refusal", "reason") : end.metadata("refusal");
        String reason = isRefusedLater || end.reason().equals("WALLET_REFUSED") ? refusal : end.reason();
        String id = isRefusedLater
                ? either(data, "redemption_id", "command_id")
                : end.metadata("redemption_id") + end.metadata("command_id");
        return kind.mayBeRefused(reason)
                ? new Refused(reason, isOfWallet(refusal) ? refusal : "", id)
                : new Wrong("answered %d: %s".formatted(end.status(), end.body()));
    }

    /** The limit of a day is kept by the platform; no wallet knows it. */
    private static boolean isOfWallet(String refusal) {
        return !refusal.equals("DAILY_LIMIT");
    }

    private static String either(JsonNode data, String one, String other) {
        String value = data.path(one).asText("");
        return value.isEmpty() ? data.path(other).asText("") : value;
    }
}
