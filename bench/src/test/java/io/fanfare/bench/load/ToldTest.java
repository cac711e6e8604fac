package io.fanfare.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.fanfare.bench.load.Api.Answer;
import io.fanfare.bench.load.Insisting.Settled;
import io.fanfare.bench.load.Tally.Kind;
import org.junit.jupiter.api.Test;

class ToldTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void what_is_done_says_what() throws Exception {
        Told told = told(Kind.CONVERT, 200, """
                {"data": {"command": {"command_id": "c1", "status": "posted"}}}""");

        assertThat(told).isInstanceOf(Told.Done.class);
    }

    @Test
    void an_error_names_the_word_of_the_wallet_and_what_was_refused() throws Exception {
        assertThat(told(Kind.CONVERT, 400, error("WALLET_REFUSED", """
                        {"refusal": "NOTHING_TO_CONVERT", "command_id": "c1"}""")))
                .isEqualTo(new Told.Refused("NOTHING_TO_CONVERT", "NOTHING_TO_CONVERT", "c1"));
        assertThat(told(Kind.UNLOCK, 400, error("INSUFFICIENT_BALANCE", """
                        {"refusal": "BELOW_THRESHOLD", "milestone_id": "gold", "redemption_id": "rdm_1"}""")))
                .isEqualTo(new Told.Refused("INSUFFICIENT_BALANCE", "BELOW_THRESHOLD", "rdm_1"));
    }

    @Test
    void a_refusal_for_which_no_wallet_was_asked_names_none() throws Exception {
        assertThat(told(Kind.REDEEM, 409, error("PRIZE_OUT_OF_STOCK", "{}")))
                .isEqualTo(new Told.Refused("PRIZE_OUT_OF_STOCK", "", ""));
        assertThat(told(Kind.TRANSFER, 400, error("WALLET_REFUSED", """
                        {"refusal": "DAILY_LIMIT", "left": "3"}""")))
                .isEqualTo(new Told.Refused("DAILY_LIMIT", "", ""));
    }

    @Test
    void what_was_begun_may_be_refused_later() throws Exception {
        assertThat(told(Kind.REDEEM, 200, """
                        {"data": {"redemption_id": "rdm_1", "status": "refused", "reason": "INSUFFICIENT_BALANCE"}}"""))
                .isEqualTo(new Told.Refused("INSUFFICIENT_BALANCE", "INSUFFICIENT_BALANCE", "rdm_1"));
        assertThat(told(Kind.SPEND, 200, """
                        {"data": {"command_id": "c1", "status": "refused", "refusal": "INSUFFICIENT_BALANCE"}}"""))
                .isEqualTo(new Told.Refused("INSUFFICIENT_BALANCE", "INSUFFICIENT_BALANCE", "c1"));
    }

    @Test
    void what_no_good_platform_says_is_wrong() throws Exception {
        assertThat(told(Kind.POST, 400, error("INSUFFICIENT_BALANCE", "{}"))).isInstanceOf(Told.Wrong.class);
        assertThat(told(Kind.PLAY, 404, error("RESOURCE_NOT_FOUND", "{}"))).isInstanceOf(Told.Wrong.class);
        assertThat(told(Kind.SPEND, 400, error("WALLET_REFUSED", """
                        {"refusal": "FORKED"}"""))).isInstanceOf(Told.Wrong.class);
    }

    private static String error(String reason, String metadata) {
        return """
                {"data": {"error": {"reason": "%s", "metadata": %s}}}""".formatted(reason, metadata);
    }

    private static Told told(Kind kind, int status, String body) throws JsonProcessingException {
        var answer = new Answer(status, JSON.readTree(body), "", 0, 0);
        return Told.of(kind, new Settled(answer, answer, 0, 0));
    }
}
