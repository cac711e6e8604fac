package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import io.fanfare.play.RunningApi.Tenant;
import io.fanfare.store.wallet.WalletNumbers;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the stream processors hold, shown to players; the other side is a fake that speaks {@code /state/v1}. */
class StateIT {

    private final RunningApi api = RunningApi.shared();
    private final Tenant acme = api.newTenant();

    @Test
    void the_wallet_waits_for_the_number_of_the_last_play() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        acme.play("ada", game, acme.startedBy("ada", game));
        acme.play("ada", game, acme.startedBy("ada", game));
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 2, "balances": [{"currency": "points", "balance": 100,
                 "held": 0, "lifetime_earned": 100, "lifetime_spent": 0, "pending": 7,
                 "expiring": [{"amount": 40, "expires_at": 1800000000}], "from_the_future": 1}]}],
                 "freshness": {"fresh": true, "applied_sequence": 2}}""");

        Answer one = acme.asPlayer("ada", "GET", "/wallet?scope_key=camp_1", "");
        String askedForOne = api.state.asked.get();
        Answer all = acme.asPlayer("ada", "GET", "/wallet", "");

        assertThat(one.status()).as(one.raw().body()).isEqualTo(200);
        assertThat(askedForOne)
                .startsWith("/state/v1/wallets/ada?")
                .contains("scope_key=camp_1", "applied=2", "wait_ms=");
        assertThat(api.state.authorization.get()).startsWith("Bearer ");
        assertThat(one.data().path("balances").path(0).toString())
                .isEqualTo("{\"scope_key\":\"camp_1\",\"currency\":\"points\",\"balance\":100,\"held\":0,"
                        + "\"pending\":7,\"lifetime_earned\":100,\"lifetime_spent\":0,"
                        + "\"expiring\":[{\"amount\":40,\"expires_at\":1800000000}]}");
        assertThat(one.data().path("freshness").toString())
                .isEqualTo("{\"fresh\":true,\"wallets\":[{\"scope_key\":\"camp_1\",\"expected_sequence\":2,"
                        + "\"applied_sequence\":2,\"missing_sequence\":0}],\"has_more\":false}");
        assertThat(all.data()).isEqualTo(one.data());
    }

    @Test
    void a_player_without_a_wallet_has_nothing_and_that_is_fresh() {
        Answer wallet = acme.asPlayer("ada", "GET", "/wallet", "");

        assertThat(wallet.data().toString())
                .isEqualTo("{\"balances\":[],\"freshness\":{\"fresh\":true,\"wallets\":[],\"has_more\":false}}");
    }

    @Test
    void shows_100_wallets_and_says_that_there_are_more() {
        api.state.says("{\"wallets\": [], \"freshness\": {\"fresh\": true, \"applied_sequence\": 1}}");
        for (int campaign = 1; campaign <= 101; campaign++) {
            api.jdbc
                    .sql(
                            "insert into player_sequence (tenant_id, player_id, stream, last_number) values (?, 'ada', ?, 1)")
                    .params(acme.id, WalletNumbers.stream("camp_" + campaign))
                    .update();
        }

        JsonNode freshness = acme.asPlayer("ada", "GET", "/wallet", "").data().path("freshness");

        assertThat(freshness.path("wallets")).hasSize(100);
        assertThat(freshness.path("has_more").booleanValue()).isTrue();
    }

    @Test
    void a_wallet_that_lags_says_so() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        acme.play("ada", game, acme.startedBy("ada", game));
        api.state.says("{\"wallets\": [], \"freshness\": {\"fresh\": false, \"applied_sequence\": 0}}");

        Answer wallet = acme.asPlayer("ada", "GET", "/wallet", "");

        assertThat(wallet.data().path("freshness").path("fresh").booleanValue()).isFalse();
    }

    @Test
    void the_ledger_is_passed_on_page_by_page() {
        api.state.says("""
                {"items": [{"sequence": 7, "currency": "points", "amount": 50, "counter_account": "issuance", "reason": "play",
                 "ref_id": "play_1", "balance_after": 350, "created_at": 1700000000}],
                 "pagination": {"next_cursor": "bmV4dA", "has_more": true}}""");

        Answer ledger = acme.asPlayer("ada", "GET", "/wallet/ledger?scope_key=camp_1&limit=1&cursor=Zmlyc3Q", "");

        assertThat(api.state.asked.get())
                .startsWith("/state/v1/wallets/ada/entries?")
                .contains("scope_key=camp_1", "limit=1", "cursor=Zmlyc3Q");
        assertThat(ledger.data().path("items").path(0).path("ref_id").stringValue())
                .isEqualTo("play_1");
        assertThat(ledger.data().path("pagination").path("next_cursor").stringValue())
                .isEqualTo("bmV4dA");
        assertThat(ledger.data().path("freshness").isNull()).isTrue();
        assertThat(acme.asPlayer("ada", "GET", "/wallet/ledger?limit=101", "").violation())
                .startsWith("limit: ");
    }

    @Test
    void the_first_page_of_the_ledger_waits_for_the_last_play_and_says_whether_it_is_there() {
        String game = acme.wheelOf(acme.pointsPrize(50), "{}");
        acme.play("ada", game, acme.startedBy("ada", game));
        api.state.says("""
                {"wallets": [{"scope_key": "camp_1", "applied_sequence": 0, "balances": []}],
                 "freshness": {"fresh": false, "applied_sequence": 0},
                 "items": [], "pagination": {"next_cursor": null, "has_more": false}}""");

        Answer ledger = acme.asPlayer("ada", "GET", "/wallet/ledger?scope_key=camp_1", "");

        assertThat(api.state.all)
                .anySatisfy(asked -> assertThat(asked)
                        .startsWith("/state/v1/wallets/ada?")
                        .contains("scope_key=camp_1", "applied=1", "wait_ms="));
        assertThat(ledger.data().path("freshness").toString())
                .isEqualTo("{\"fresh\":false,\"wallets\":[{\"scope_key\":\"camp_1\",\"expected_sequence\":1,"
                        + "\"applied_sequence\":0,\"missing_sequence\":0}],\"has_more\":false}");
    }

    @Test
    void rankings_and_standings_are_shown() {
        String board = acme.create(
                "/admin/leaderboards", "{\"name\": \"Most\", \"metric\": \"total_plays\"}", "leaderboard_id");
        api.state.says("""
                {"items": [{"rank": 1, "player_id": "grace", "score": 9, "reached_at": 1}], "total": 1, "window_key": "all",
                 "pagination": {"next_cursor": null, "has_more": false}}""");
        Answer rankings = acme.asPlayer("ada", "GET", "/leaderboards/%s/rankings?limit=5".formatted(board), "");
        String askedForRankings = api.state.asked.get();
        api.state.says("""
                {"rank": 2, "score": 4, "total": 2, "entries": [{"rank": 1, "player_id": "grace", "score": 9},
                 {"rank": 2, "player_id": "ada", "score": 4}]}""");
        Answer around = acme.asPlayer("ada", "GET", "/leaderboards/%s/around-me".formatted(board), "");
        Answer mine = acme.asPlayer("ada", "GET", "/leaderboards/%s/my-rank".formatted(board), "");

        assertThat(askedForRankings).isEqualTo("/state/v1/leaderboards/%s/rankings?limit=5".formatted(board));
        assertThat(rankings.data().toString()).isEqualTo("""
                {"items":[{"rank":1,"player_id":"grace","display_name":null,"score":9}],\
                "pagination":{"next_cursor":null,"has_more":false},"total":1,"window_key":"all"}""");
        assertThat(around.data().path("entries")).hasSize(2);
        assertThat(around.data().path("rank").longValue()).isEqualTo(2);
        assertThat(mine.data().path("rank").longValue()).isEqualTo(2);
        assertThat(mine.data().path("next_tier_from_rank").isNull()).isTrue();
    }

    @Test
    void a_board_of_another_tenant_is_not_there_and_a_player_without_a_play_is_not_on_it() {
        String board = acme.create(
                "/admin/leaderboards", "{\"name\": \"Most\", \"metric\": \"total_plays\"}", "leaderboard_id");
        api.state.fails(404);

        Answer foreign = api.newTenant().asPlayer("ada", "GET", "/leaderboards/%s/rankings".formatted(board), "");
        Answer empty = acme.asPlayer("ada", "GET", "/leaderboards/%s/rankings".formatted(board), "");
        Answer unranked = acme.asPlayer("ada", "GET", "/leaderboards/%s/my-rank".formatted(board), "");

        assertThat(foreign.reason()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(empty.data().path("items").isEmpty()).isTrue();
        assertThat(unranked.reason()).isEqualTo("RESOURCE_NOT_FOUND");
    }

    @Test
    void what_the_state_finds_wrong_with_a_question_is_told_to_who_asked() {
        api.state.refuses("cursor", "is not one that a page of this list ended with");

        Answer answer = acme.asPlayer("ada", "GET", "/wallet/ledger?cursor=nonsense", "");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.reason()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.violation()).isEqualTo("cursor: is not one that a page of this list ended with");
    }

    @Test
    void where_the_state_fails_nothing_is_made_up() {
        String board = acme.create(
                "/admin/leaderboards", "{\"name\": \"Most\", \"metric\": \"total_plays\"}", "leaderboard_id");
        api.state.fails(503);

        Answer answer = acme.asPlayer("ada", "GET", "/leaderboards/%s/rankings".formatted(board), "");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.reason()).isEqualTo("UNAVAILABLE");
        assertThat(answer.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void where_one_instance_cannot_answer_the_next_one_is_asked_and_the_one_that_could_is_asked_first() {
        api.state.fails(503);
        api.otherState.says("{\"items\": [], \"pagination\": {\"next_cursor\": \"b3RoZXI\", \"has_more\": true}}");

        Answer fromTheOther = acme.asPlayer("ada", "GET", "/wallet/ledger", "");
        api.state.asked.set("nothing");
        Answer onceMore = acme.asPlayer("ada", "GET", "/wallet/ledger", "");
        String askedOnceMore = api.state.asked.get();
        api.otherState.fails(503);
        Answer fromNobody = acme.asPlayer("ada", "GET", "/wallet/ledger", "");
        api.state.says("{\"items\": [], \"pagination\": {\"next_cursor\": \"Zmlyc3Q\", \"has_more\": true}}");
        Answer fromTheFirst = acme.asPlayer("ada", "GET", "/wallet/ledger", "");

        assertThat(nextCursor(fromTheOther)).isEqualTo("b3RoZXI");
        assertThat(nextCursor(onceMore)).isEqualTo("b3RoZXI");
        assertThat(askedOnceMore).isEqualTo("nothing");
        assertThat(fromNobody.status()).isEqualTo(503);
        assertThat(nextCursor(fromTheFirst)).isEqualTo("Zmlyc3Q");
    }

    private static String nextCursor(Answer page) {
        assertThat(page.status()).as(page.raw().body()).isEqualTo(200);
        return page.data().path("pagination").path("next_cursor").stringValue();
    }
}
