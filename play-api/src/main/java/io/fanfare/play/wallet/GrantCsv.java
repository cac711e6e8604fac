package io.fanfare.play.wallet;

import static java.util.stream.Collectors.toMap;

import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.identity.PlayerId;
import io.fanfare.engine.wallet.Currency;
import io.fanfare.engine.wallet.Money;
import io.fanfare.engine.wallet.ScopeKey;
import io.fanfare.store.wallet.GrantLine;
import io.fanfare.store.wallet.GrantLine.Invalid;
import io.fanfare.store.wallet.GrantLine.Valid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A grant to many as a table: a heading, then a line for each player. Cells are divided by commas and may stand in double quotes
 * (RFC 4180); a line ends with the line.
 */
final class GrantCsv {

    static final List<String> REQUIRED = List.of("player_id", "scope_key", "currency", "amount");
    static final List<String> OPTIONAL = List.of("expires_at", "ref");

    private final Map<String, Integer> columns;

    private GrantCsv(List<String> heading) {
        this.columns = IntStream.range(0, heading.size())
                .boxed()
                .collect(toMap(heading::get, Function.identity(), (first, _) -> first));
    }

    /**
     * Reads all of it. A line that makes no sense is one that says so.
     *
     * @throws IllegalArgumentException where the heading makes none; the message is for people
     */
    static List<GrantLine> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        var table = new GrantCsv(heading(lines.getFirst()));
        var read = new ArrayList<GrantLine>();
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                read.add(table.line(i + 1, lines.get(i)));
            }
        }
        return read;
    }

    private static List<String> heading(String line) {
        // Spreadsheets like to begin with a mark of the byte order.
        List<String> heading = cells(line.startsWith("\uFEFF") ? line.substring(1) : line);
        for (String required : REQUIRED) {
            if (!heading.contains(required)) {
                throw new IllegalArgumentException("has no column %s".formatted(required));
            }
        }
        for (String column : heading) {
            if (!REQUIRED.contains(column) && !OPTIONAL.contains(column)) {
                throw new IllegalArgumentException(
                        "has a column '%s', expected %s and perhaps %s".formatted(column, REQUIRED, OPTIONAL));
            }
        }
        if (Set.copyOf(heading).size() < heading.size()) {
            throw new IllegalArgumentException("names a column twice: %s".formatted(heading));
        }
        return heading;
    }

    private GrantLine line(int number, String line) {
        try {
            List<String> cells = cells(line);
            if (cells.size() != columns.size()) {
                throw new IllegalArgumentException("%d cells, expected %d".formatted(cells.size(), columns.size()));
            }
            String ref = cell(cells, "ref");
            return new Valid(
                    number,
                    new PlayerId(required(cells, "player_id")),
                    new ScopeKey(required(cells, "scope_key")),
                    new Money(new Currency(required(cells, "currency")), amount(required(cells, "amount"))),
                    expiry(cell(cells, "expires_at")),
                    ref.isEmpty() ? null : OpaqueId.require("ref", ref));
        } catch (IllegalArgumentException e) {
            return new Invalid(number, String.valueOf(e.getMessage()));
        }
    }

    private String required(List<String> cells, String column) {
        String cell = cell(cells, column);
        if (cell.isEmpty()) {
            throw new IllegalArgumentException("%s is missing".formatted(column));
        }
        return cell;
    }

    /** Empty where the table has no such column. */
    private String cell(List<String> cells, String column) {
        Integer place = columns.get(column);
        return place == null ? "" : cells.get(place);
    }

    private static long amount(String cell) {
        try {
            long amount = Long.parseLong(cell);
            if (amount >= 1 && amount <= WalletFields.MAX_AMOUNT) {
                return amount;
            }
        } catch (NumberFormatException _) {
            throw badAmount(cell);
        }
        throw badAmount(cell);
    }

    private static IllegalArgumentException badAmount(String cell) {
        return new IllegalArgumentException(
                "amount is '%s', expected a whole number from 1 to %d".formatted(cell, WalletFields.MAX_AMOUNT));
    }

    private static @Nullable Instant expiry(String cell) {
        if (cell.isEmpty() || cell.equals("0")) {
            return null;
        }
        if (!cell.matches("[0-9]{1,11}")) {
            throw new IllegalArgumentException("expires_at is '%s', expected unix seconds".formatted(cell));
        }
        return Instant.ofEpochSecond(Long.parseLong(cell));
    }

    private static List<String> cells(String line) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        boolean isQuoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (isQuoted && c == '"' && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (c == ',' && !isQuoted) {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        if (isQuoted) {
            throw new IllegalArgumentException("a quotation mark is left open");
        }
        cells.add(cell.toString().strip());
        return cells;
    }
}
