package io.fanfare.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.load.Tally.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PursesTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Purses purses = new Purses();

    /** Ada wins 100, pays 20 for 10, converts 30 to 3 coins, sends 15, and has 5 held of which 2 are spent. */
    @BeforeEach
    void a_day_of_ada() throws Exception {
        purses.move(Kind.PLAY, "ada", json("""
                {"rewards": [{"type": "points", "quantity": 2, "value": 50}, {"type": "voucher", "quantity": 1, "value": 350}]}"""));
        purses.move(Kind.REDEEM, "ada", json("""
                {"spent": {"points": 20}, "reward": {"type": "points", "quantity": 1, "value": 10}}"""));
        purses.move(Kind.CONVERT, "ada", json("""
                {"command": {"entries": [{"currency": "points", "account": "available", "amount": -30},
                 {"currency": "coins", "account": "available", "amount": 3}]}}"""));
        purses.move(Kind.TRANSFER, "ada", json("""
                {"currency": "points", "amount": 15}"""));
        purses.move(Kind.HOLD, "ada", json("""
                {"command": {"entries": [{"currency": "points", "account": "available", "amount": -5},
                 {"currency": "points", "account": "held", "amount": 5}]}}"""));
        purses.move(Kind.POST, "ada", json("""
                {"entries": [{"currency": "points", "account": "held", "amount": -2},
                 {"currency": "points", "account": "held", "amount": -3},
                 {"currency": "points", "account": "available", "amount": 3}]}"""));
    }

    @Test
    void who_owns_what_they_were_told_is_well() throws Exception {
        assertThat(purses.difference("ada", owned(43, 0))).isEmpty();
        assertThat(purses.difference("grace", json("{\"balances\": []}"))).isEmpty();
    }

    @Test
    void who_owns_something_else_is_reported() throws Exception {
        assertThat(purses.difference("ada", owned(23, 0)))
                .contains("ada owns {coins=3, points=23}, and {coins=3, points=43} by what was told");
    }

    @Test
    void what_is_still_held_is_reported() throws Exception {
        assertThat(purses.difference("ada", owned(43, 5)))
                .contains("ada owns {coins=3, points=43, points held=5}, and {coins=3, points=43} by what was told");
    }

    @Test
    void what_a_hold_that_was_left_held_is_there_again() throws Exception {
        JsonNode left = json("""
                {"command": {"entries": [{"currency": "points", "account": "available", "amount": -7},
                 {"currency": "points", "account": "held", "amount": 7}]}}""");
        purses.move(Kind.HOLD, "ada", left);
        assertThat(purses.difference("ada", owned(43, 0))).isPresent();

        purses.comeBack("ada", left);

        assertThat(purses.difference("ada", owned(43, 0))).isEmpty();
    }

    private static JsonNode owned(long points, long held) throws JsonProcessingException {
        return json("""
                {"balances": [{"currency": "points", "balance": %d, "held": %d}, {"currency": "coins", "balance": 3, "held": 0}]}""".formatted(points, held));
    }

    private static JsonNode json(String text) throws JsonProcessingException {
        return JSON.readTree(text);
    }
}
