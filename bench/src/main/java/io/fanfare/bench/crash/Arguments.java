package io.fanfare.bench.crash;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Arguments {

    int KILLS = 5;
    int LONG_KILLS = 50;
    int PORT = 18_080;
    int PLAYERS = 200;
    int MAX_PLAYERS = 10_000;
    int OPERATIONS = 100;
    List<String> OF_WALLETS = List.of("--players", "--operations");

    /**
     * Kill and see.
     *
     * @param data folder for everything of this run
     * @param port of the API; the other ports are beside it
     * @param wallets null where people only play
     */
    record Run(
            Target target,
            Path data,
            int port,
            int kills,
            long seed,
            boolean json,
            @Nullable Wallets wallets) implements Arguments {}

    /**
     * Players who use their wallets meanwhile.
     *
     * @param operations of each
     */
    record Wallets(int players, int operations) {}

    /** What is killed: one process with its children, or a process for everything. */
    enum Target {
        STANDALONE,
        CLUSTER
    }

    /** Something else; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    /** @param seeds asked where none is given */
    static Arguments parse(List<String> words, LongSupplier seeds) {
        Deque<String> rest = new ArrayDeque<>(words);
        Path data = Path.of(".fanfare-bench");
        Target target = Target.STANDALONE;
        int port = PORT;
        int kills = KILLS;
        String seed = "";
        boolean json = false;
        boolean wallets = false;
        int players = PLAYERS;
        int operations = OPERATIONS;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            if (option.equals("--json")) {
                json = true;
                continue;
            }
            if (option.equals("--wallets")) {
                wallets = true;
                continue;
            }
            if (option.equals("--long")) {
                kills = LONG_KILLS;
                continue;
            }
            if (!List.of("--data", "--port", "--kills", "--seed", "--target", "--players", "--operations")
                    .contains(option)) {
                return new Refused("bench crash does not know " + option);
            }
            if (OF_WALLETS.contains(option) && !words.contains("--wallets")) {
                return new Refused(option + " goes with --wallets");
            }
            String value = rest.poll();
            if (value == null) {
                return new Refused(option + " needs a value");
            }
            switch (option) {
                case "--data" -> data = Path.of(value).toAbsolutePath().normalize();
                case "--target" -> {
                    if (!value.equals("standalone") && !value.equals("cluster")) {
                        return new Refused("--target is standalone or cluster, not " + value);
                    }
                    target = Target.valueOf(value.toUpperCase(Locale.ROOT));
                }
                default -> {
                    if (!value.matches("\\d{1,18}") || (!option.equals("--seed") && !value.matches("[1-9]\\d{0,4}"))) {
                        return new Refused(option + " needs a number, not " + value);
                    }
                    switch (option) {
                        case "--port" -> port = Integer.parseInt(value);
                        case "--kills" -> kills = Integer.parseInt(value);
                        case "--players" -> players = Integer.parseInt(value);
                        case "--operations" -> operations = Integer.parseInt(value);
                        default -> seed = value;
                    }
                }
            }
        }
        if (players < 2 || players > MAX_PLAYERS) {
            return new Refused("--players is 2 to %d, not %d".formatted(MAX_PLAYERS, players));
        }
        return new Run(
                target,
                data,
                port,
                kills,
                seed.isEmpty() ? seeds.getAsLong() : Long.parseLong(seed),
                json,
                wallets ? new Wallets(players, operations) : null);
    }
}
