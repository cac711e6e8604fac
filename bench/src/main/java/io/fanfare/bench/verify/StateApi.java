package io.fanfare.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.verify.Answers.Balance;
import io.fanfare.bench.verify.Answers.BoardAnswer;
import io.fanfare.bench.verify.Answers.Line;
import io.fanfare.bench.verify.Answers.RankAnswer;
import io.fanfare.bench.verify.Answers.Sheet;
import io.fanfare.bench.verify.Answers.WalletAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** What the stream apps answer, over HTTP. A 503 is asked again until the deadline. */
final class StateApi implements AutoCloseable {

    static final int MAX_LINES = 200_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final Credentials credentials;
    private final Instant deadline;

    StateApi(URI base, Credentials credentials, Instant deadline) {
        this.base = base;
        this.credentials = credentials;
        this.deadline = deadline;
    }

    /** All wallets of a player. */
    List<WalletAnswer> wallets(Ref player) throws IOException, InterruptedException {
        JsonNode data = get(player.tenant(), "/state/v1/wallets/" + encoded(player.id()))
                .orElseThrow(() -> new IOException("no wallets are known of " + player));
        var wallets = new ArrayList<WalletAnswer>();
        for (JsonNode wallet : data.path("wallets")) {
            Map<String, Balance> balances = new HashMap<>();
            for (JsonNode balance : wallet.path("balances")) {
                balances.put(
                        balance.path("currency").asText(),
                        new Balance(
                                balance.path("balance").asLong(),
                                balance.path("held").asLong(),
                                balance.path("lifetime_earned").asLong(),
                                balance.path("lifetime_spent").asLong(),
                                balance.path("pending").asLong(),
                                expiring(balance.path("expiring"))));
            }
            wallets.add(new WalletAnswer(
                    new Wallet(player.tenant(), wallet.path("scope_key").asText(), player.id()),
                    wallet.path("applied_sequence").asLong(),
                    balances));
        }
        return wallets;
    }

    private static Map<Long, Long> expiring(JsonNode lots) {
        Map<Long, Long> expiring = new HashMap<>();
        for (JsonNode lot : lots) {
            expiring.merge(lot.path("expires_at").asLong(), lot.path("amount").asLong(), Math::addExact);
        }
        return expiring;
    }

    /** What the wallets of a tenant hold together, by currency. */
    Map<String, Sheet> sheets(String tenant) throws IOException, InterruptedException {
        JsonNode data = get(tenant, "/state/v1/balance-sheets")
                .orElseThrow(() -> new IOException("no balance sheets are known of " + tenant));
        Map<String, Sheet> sheets = new HashMap<>();
        for (JsonNode sheet : data.path("sheets")) {
            JsonNode totals = sheet.path("totals");
            sheets.put(
                    sheet.path("currency").asText(),
                    new Sheet(
                            totals.path("available").bigIntegerValue(),
                            totals.path("held").bigIntegerValue(),
                            totals.path("pending").bigIntegerValue(),
                            totals.path("issued").bigIntegerValue(),
                            totals.path("redeemed").bigIntegerValue(),
                            totals.path("lapsed").bigIntegerValue(),
                            totals.path("converted").bigIntegerValue(),
                            totals.path("transferred").bigIntegerValue()));
        }
        return sheets;
    }

    /** The whole ranking, page by page, up to {@link #MAX_LINES}; empty where the board is not known. */
    Optional<BoardAnswer> rankings(Ref board) throws IOException, InterruptedException {
        var lines = new ArrayList<Line>();
        String path = "/state/v1/leaderboards/%s/rankings?limit=100".formatted(encoded(board.id()));
        Optional<JsonNode> page = get(board.tenant(), path);
        while (page.isPresent()) {
            JsonNode data = page.get();
            for (JsonNode line : data.path("items")) {
                lines.add(new Line(
                        line.path("rank").asLong(),
                        line.path("player_id").asText(),
                        line.path("score").asLong(),
                        line.path("reached_at").asLong()));
            }
            boolean hasMore = data.path("pagination").path("has_more").asBoolean();
            if (!hasMore || lines.size() >= MAX_LINES) {
                return Optional.of(
                        new BoardAnswer(board, lines, data.path("total").asLong(), hasMore));
            }
            String cursor = data.path("pagination").path("next_cursor").asText();
            page = get(board.tenant(), path + "&cursor=" + encoded(cursor));
        }
        return Optional.empty();
    }

    /** One player's place; empty where they are not on the board. */
    Optional<RankAnswer> rank(Ref board, String player) throws IOException, InterruptedException {
        return get(
                        board.tenant(),
                        "/state/v1/leaderboards/%s/players/%s?radius=0".formatted(encoded(board.id()), encoded(player)))
                .map(data -> new RankAnswer(
                        board,
                        player,
                        data.path("rank").asLong(),
                        data.path("score").asLong(),
                        data.path("total").asLong()));
    }

    @Override
    public void close() {
        http.close();
    }

    /** The data of the answer; empty where there is no such thing. */
    private Optional<JsonNode> get(String tenant, String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(tenant, path);
        while (answer.statusCode() == 503 && Instant.now().isBefore(deadline)) {
            LockSupport.parkNanos(PAUSE.toNanos());
            answer = send(tenant, path);
        }
        return switch (answer.statusCode()) {
            case 200 -> Optional.of(JSON.readTree(answer.body()).path("data"));
            case 404 -> Optional.empty();
            default -> throw new IOException("%s answered %d: %s".formatted(path, answer.statusCode(), answer.body()));
        };
    }

    private HttpResponse<String> send(String tenant, String path) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(TIMEOUT);
        credentials.forMachineOf(tenant).forEach(request::header);
        return http.send(request.GET().build(), BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
