package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** A player who trusts nobody checks plays, by {@code docs/fairness.md} alone: nothing here is a class of the engine. */
class FairnessIT {

    private static final BigInteger RANGE = BigInteger.ONE.shiftLeft(53);

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();

    private String wheel = "";

    @BeforeEach
    void a_wheel_that_publishes_its_odds() {
        String points = acme.pointsPrize(5);
        wheel = acme.create("/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "status": "active", "handler_config": {"publish_odds": true, "prizes": [
                    {"prize_id": "%s", "probability": 0.125, "slot_index": 1},
                    {"probability": 0.30, "slot_index": 2},
                    {"prize_id": "%s", "probability": 3, "slot_index": 3}]}}""".formatted(points, points), "game_id");
    }

    /** What was told of one play. */
    private record Told(JsonNode started, JsonNode played) {

        String seed() {
            return played.path("fairness").path("server_seed").stringValue();
        }

        String hash() {
            return started.path("fairness").path("server_seed_hash").stringValue();
        }

        String commitment() {
            return started.path("fairness").path("odds_hash").stringValue();
        }

        String session() {
            return started.path("session_id").stringValue();
        }

        String playId() {
            return played.path("play_id").stringValue();
        }
    }

    @Test
    void a_stranger_recomputes_where_the_wheel_stopped() {
        JsonNode odds = odds(wheel);
        List<Long> stops = new ArrayList<>();

        for (int spin = 0; spin < 40; spin++) {
            String clientSeed = spin % 2 == 0 ? "lücky-" + spin : "";
            Told told = spin(wheel, clientSeed);
            assertThat(sha256(told.seed())).isEqualTo(told.hash());
            assertThat(told.commitment()).isEqualTo(hmac(told.seed(), canonical(odds.path("odds"))));
            long stop = told.played().path("metadata").path("slot_index").longValue();
            assertThat(recomputed(odds.path("odds").path("prizes"), told.seed(), clientSeed, told.session()))
                    .isEqualTo(stop);
            stops.add(stop);
        }

        assertThat(stops.stream().distinct().count()).isGreaterThan(1);
    }

    @Test
    void the_published_table_comes_with_its_text_and_hash() {
        JsonNode odds = odds(wheel);

        assertThat(odds.path("canonical").stringValue()).isEqualTo(canonical(odds.path("odds")));
        assertThat(odds.path("sha256").stringValue())
                .isEqualTo(sha256(odds.path("canonical").stringValue()));
        assertThat(odds.path("revision").longValue()).isEqualTo(1);
    }

    @Test
    void without_publish_odds_there_is_no_table_but_a_commitment() {
        String secretive = acme.wheelOf(acme.pointsPrize(5), "{}");

        Answer odds = acme.asPlayer("ada", "GET", "/games/%s/odds".formatted(secretive), "");

        assertThat(odds.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(spin(secretive, "").commitment()).hasSize(64);
    }

    @Test
    void answers_and_winning_moments_are_neither_shown_nor_committed_to() {
        String quiz = acme.create("/admin/games", """
                {"name": "Quiz", "type": "quiz", "status": "active", "handler_config": {
                 "questions": [{"question_id": "q", "text": "?", "answers": ["42"]}],
                 "tiers": [{"min": 0, "max": 1, "prize_group": "g"}], "prize_groups": {"g": []}}}""", "game_id");

        Answer odds = acme.asPlayer("ada", "GET", "/games/%s/odds".formatted(quiz), "");
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(quiz), "{}");

        assertThat(odds.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(started.data().path("fairness").path("odds_hash").isNull()).isTrue();
    }

    @Test
    void winning_moments_are_not_told_by_odds() {
        Answer refused = acme.asAdmin("POST", "/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "handler_config": {"publish_odds": true,
                 "winning_moments": [{"prize_id": "%1$s", "at": [2000000000]}],
                 "prizes": [{"prize_id": "%1$s", "probability": 1}]}}""".formatted(acme.pointsPrize(5)));

        assertThat(refused.violation())
                .isEqualTo("handler_config.publish_odds: is true, and would tell the winning_moments");
    }

    @Test
    void right_answers_are_not_told_by_odds() {
        Answer refused = acme.asAdmin("POST", "/admin/games", """
                {"name": "Quiz", "type": "quiz", "handler_config": {"publish_odds": true,
                 "questions": [{"question_id": "q", "text": "?", "answers": ["42"]}],
                 "tiers": [{"min": 0, "max": 1, "prize_group": "g"}], "prize_groups": {"g": []}}}""");

        assertThat(refused.violation()).isEqualTo("handler_config.publish_odds: is true, and would tell the answers");
    }

    @Test
    void another_tenant_has_no_such_table() {
        Answer odds = api.newTenant().asPlayer("ada", "GET", "/games/%s/odds".formatted(wheel), "");

        assertThat(odds.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void the_server_verifies_for_who_does_not_want_to() {
        Told told = spin(wheel, "lucky");

        Answer answer = verify(
                told,
                told.hash(),
                "lucky",
                ", \"draws\": 3, \"odds\": " + odds(wheel).path("odds"));

        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        assertThat(answer.data().path("seed_matches").booleanValue()).isTrue();
        assertThat(answer.data().path("hash_of_server_seed").stringValue()).isEqualTo(told.hash());
        assertThat(answer.data().path("odds_hash").stringValue()).isEqualTo(told.commitment());
        assertThat(answer.data().path("play").isNull()).isTrue();
        assertThat(answer.data().path("draws")).hasSize(3);
        for (int n = 0; n < 3; n++) {
            assertThat(answer.data().path("draws").path(n).doubleValue())
                    .isEqualTo(draw(told.seed(), "lucky", told.session(), n).doubleValue() / 0x1.0p53);
        }
    }

    @Test
    void another_seed_than_the_committed_one_is_found_out() {
        Told told = spin(wheel, "lucky");

        Answer answer = verify(told, sha256("another"), "lucky", "");

        assertThat(answer.data().path("seed_matches").booleanValue()).isFalse();
        assertThat(answer.data().path("hash_of_server_seed").stringValue()).isEqualTo(told.hash());
        assertThat(answer.data().path("draws")).isEmpty();
    }

    @Test
    void the_record_of_a_play_follows_from_its_draws_until_somebody_changes_it() {
        Told told = spin(wheel, "lucky");
        String named = ", \"play_id\": \"%s\", \"tenant_id\": \"%s\"".formatted(told.playId(), acme.id);

        Answer before = verify(told, told.hash(), "lucky", named);
        api.jdbc
                .sql("update play set metadata = '{\"slot_index\":99}' where play_id = ?")
                .param(told.playId())
                .update();
        Answer after = verify(told, told.hash(), "lucky", named);

        assertThat(before.data().path("play").stringValue()).isEqualTo("follows");
        assertThat(after.data().path("play").stringValue()).isEqualTo("differs");
    }

    @Test
    void who_was_not_told_of_a_play_learns_nothing_of_it() {
        Told told = spin(wheel, "lucky");
        Told other = spin(wheel, "lucky");
        String named = ", \"play_id\": \"%s\", \"tenant_id\": \"%s\"";

        assertThat(verify(other, other.hash(), "lucky", named.formatted(told.playId(), acme.id))
                        .data()
                        .path("play")
                        .stringValue())
                .isEqualTo("unknown");
        assertThat(verify(told, told.hash(), "unlucky", named.formatted(told.playId(), acme.id))
                        .data()
                        .path("play")
                        .stringValue())
                .isEqualTo("unknown");
        assertThat(verify(told, told.hash(), "lucky", named.formatted(told.playId(), "another"))
                        .data()
                        .path("play")
                        .stringValue())
                .isEqualTo("unknown");
        assertThat(verify(told, told.hash(), "lucky", ", \"play_id\": \"%s\"".formatted(told.playId()))
                        .violation())
                .startsWith("tenant_id: is missing");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                               | server_seed: is missing
            {"server_seed": "xyz", "server_seed_hash": "%s"} | server_seed: has 3 characters, expected 64 digits 0-9 and a-f
            {"server_seed": "%s"}                            | server_seed_hash: is missing
            {"server_seed": "%s", "server_seed_hash": "%s"}  | session_id: is missing
            {"server_seed": "%s", "server_seed_hash": "%s", "session_id": "a b"}                 | session_id: is 'a b', which no session is called
            {"server_seed": "%s", "server_seed_hash": "%s", "session_id": "s", "draws": 1001}    | draws: is 1001, expected 0 to 1000
            {"server_seed": "%s", "server_seed_hash": "%s", "session_id": "s", "from": -1}       | from: is -1, expected 0 to 9007199254740992
            """)
    void what_makes_no_sense_is_refused_by_its_field(String body, String violation) {
        Answer answer = api.http.post(
                "/api/v1/fairness/verify", body.replace("%s", "0".repeat(64)), "Content-Type", "application/json");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.violation()).isEqualTo(violation);
    }

    /** Without any credentials. */
    private Answer verify(Told told, String hash, String clientSeed, String more) {
        return api.http.post(
                "/api/v1/fairness/verify",
                """
                {"server_seed": "%s", "server_seed_hash": "%s", "client_seed": "%s", "session_id": "%s"%s}""".formatted(told.seed(), hash, clientSeed, told.session(), more),
                "Content-Type",
                "application/json");
    }

    private Told spin(String game, String clientSeed) {
        Answer started = acme.asPlayer("ada", "POST", "/games/%s/start".formatted(game), "{}");
        String session = started.data().path("session_id").stringValue();
        Answer played =
                acme.asPlayer("ada", "POST", "/games/%s/play".formatted(game), """
                {"session_id": "%s", "payload": {}, "client_seed": "%s"}""".formatted(session, clientSeed));
        assertThat(played.status()).as(played.raw().body()).isEqualTo(200);
        return new Told(started.data(), played.data());
    }

    private JsonNode odds(String game) {
        Answer answer = acme.asPlayer("ada", "GET", "/games/%s/odds".formatted(game), "");
        assertThat(answer.status()).as(answer.raw().body()).isEqualTo(200);
        return answer.data();
    }

    // From here on: the page, step by step.

    private static long recomputed(JsonNode slots, String seed, String clientSeed, String session) {
        List<BigDecimal> weights = slots.valueStream()
                .map(slot -> slot.path("probability").decimalValue().stripTrailingZeros())
                .toList();
        int scale = weights.stream()
                .filter(weight -> weight.signum() > 0)
                .mapToInt(BigDecimal::scale)
                .max()
                .orElse(0);
        List<BigInteger> tickets = weights.stream()
                .map(weight -> weight.movePointRight(Math.max(0, scale)).toBigIntegerExact())
                .toList();
        BigInteger all = tickets.stream().reduce(BigInteger.ZERO, BigInteger::add);
        BigInteger run = RANGE.divide(all);
        int n = 0;
        BigInteger ticket = draw(seed, clientSeed, session, n).divide(run);
        while (ticket.compareTo(all) >= 0) {
            n++;
            ticket = draw(seed, clientSeed, session, n).divide(run);
        }
        int slot = 0;
        while (ticket.compareTo(tickets.get(slot)) >= 0) {
            ticket = ticket.subtract(tickets.get(slot));
            slot++;
        }
        return slots.path(slot).path("slot_index").longValue();
    }

    private static BigInteger draw(String seed, String clientSeed, String session, int n) {
        String block = hmac(seed, clientSeed + ":" + session + ":" + n);
        return new BigInteger(block.substring(0, 16), 16).shiftRight(11);
    }

    private static String canonical(JsonNode node) {
        if (node.isObject()) {
            var sorted = new TreeMap<String, String>();
            node.properties().forEach(field -> sorted.put(field.getKey(), canonical(field.getValue())));
            return sorted.entrySet().stream()
                    .map(field -> "\"" + field.getKey() + "\":" + field.getValue())
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (node.isArray()) {
            return node.valueStream().map(FairnessIT::canonical).collect(Collectors.joining(",", "[", "]"));
        }
        if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
        return node.toString();
    }

    private static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
