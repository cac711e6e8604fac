package io.fanfare.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.fanfare.bench.load.Tally.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What each player must own by what they were told, by currency; what is held is one of its own. A book that knows no wallet: what
 * was done twice, or was done and told to nobody, is missing here. For all threads.
 */
final class Purses {

    private final Map<String, Map<String, Long>> purses = new ConcurrentHashMap<>();

    /** @param amount below zero where something goes out */
    void add(String player, String currency, long amount) {
        purses.computeIfAbsent(player, _ -> new ConcurrentHashMap<>()).merge(currency, amount, Math::addExact);
    }

    /** Moves what a request has moved, as its answer says. */
    void move(Kind kind, String player, JsonNode done) {
        switch (kind) {
            case PLAY -> done.path("rewards").forEach(reward -> reward(player, reward));
            case REDEEM, UNLOCK -> {
                done.path("spent")
                        .properties()
                        .forEach(spent ->
                                add(player, spent.getKey(), -spent.getValue().asLong()));
                reward(player, done.path("reward"));
            }
            case TRANSFER ->
                add(player, done.path("currency").asText(), -done.path("amount").asLong());
            case CONVERT, SPEND, HOLD, POST, VOID -> entries(player, Acks.command(done), 1);
        }
    }

    private void reward(String player, JsonNode reward) {
        if (reward.path("type").asText().equals("points")) {
            add(
                    player,
                    Market.POINTS,
                    Math.multiplyExact(
                            reward.path("value").asLong(),
                            reward.path("quantity").asLong()));
        }
    }

    /** What a hold has moved will be where it was when its time has come. */
    void comeBack(String player, JsonNode held) {
        entries(player, Acks.command(held), -1);
    }

    private void entries(String player, JsonNode command, int times) {
        for (JsonNode entry : command.path("entries")) {
            String currency = entry.path("currency").asText();
            long amount = times * entry.path("amount").asLong();
            switch (entry.path("account").asText()) {
                case "available" -> add(player, currency, amount);
                case "held" -> add(player, held(currency), amount);
                default -> {}
            }
        }
    }

    /**
     * Compares with what the platform shows.
     *
     * @param wallet the answer to {@code GET /wallet}
     * @return in words; empty where there is none
     */
    Optional<String> difference(String player, JsonNode wallet) {
        Map<String, Long> shown = new TreeMap<>();
        for (JsonNode balance : wallet.path("balances")) {
            String currency = balance.path("currency").asText();
            shown.put(currency, balance.path("balance").asLong());
            shown.put(held(currency), balance.path("held").asLong());
        }
        Map<String, Long> told = withoutNothing(purses.getOrDefault(player, Map.of()));
        return withoutNothing(shown).equals(told)
                ? Optional.empty()
                : Optional.of("%s owns %s, and %s by what was told".formatted(player, withoutNothing(shown), told));
    }

    private static String held(String currency) {
        return currency + " held";
    }

    private static Map<String, Long> withoutNothing(Map<String, Long> amounts) {
        Map<String, Long> something = new TreeMap<>(amounts);
        something.values().removeIf(amount -> amount == 0);
        return something;
    }
}
