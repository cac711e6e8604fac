package io.fanfare.worker.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fanfare.store.integration.EventType;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PlayEventsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void a_play_without_a_prize_is_one_event() {
        List<PlatformEvent> events = PlayEvents.of(Plays.lost("play_1"));

        assertThat(events).extracting(PlatformEvent::type).containsExactly(EventType.PLAY_COMPLETED);
    }

    @Test
    void each_reward_of_a_play_is_an_event_of_its_own() {
        List<PlatformEvent> events =
                PlayEvents.of(Plays.won("play_1", Plays.voucher("rwd_1"), Plays.points("rwd_2", 50)));

        assertThat(events)
                .extracting(PlatformEvent::type)
                .containsExactly(EventType.PLAY_COMPLETED, EventType.PRIZE_WON, EventType.PRIZE_WON);
        assertThat(events).extracting(PlatformEvent::id).doesNotHaveDuplicates();
    }

    @Test
    void ids_follow_from_the_play_and_nothing_else() {
        var play = Plays.won("play_1", Plays.voucher("rwd_1"));

        assertThat(PlayEvents.of(play))
                .extracting(event -> event.id().toString())
                .containsExactly("b42e4674-83e7-55c3-82fc-89dbb196ae2c", "5f623d6e-f1c5-5caf-a3f9-8ec530786438");
        assertThat(PlayEvents.of(play))
                .extracting(event -> event.id().version())
                .containsOnly(5);
        assertThat(PlayEvents.of(Plays.lost("play_2")).getFirst().id())
                .isNotEqualTo(PlayEvents.of(play).getFirst().id());
    }

    @Test
    void the_body_of_a_play_is_what_receivers_know() {
        PlatformEvent event =
                PlayEvents.of(Plays.won("play_1", Plays.points("rwd_2", 50))).getFirst();

        assertThat(JSON.readTree(event.body())).isEqualTo(JSON.readTree("""
                {
                  "event": "play_completed",
                  "tenant_id": "ada",
                  "merchant_id": "merch_shop",
                  "payload": {
                    "play_id": "play_1",
                    "game_id": "game_wheel",
                    "campaign_id": "camp_spring",
                    "player_id": "grace",
                    "won": true,
                    "score": null,
                    "rewards": [
                      {"reward_id": "rwd_2", "prize_id": "prize_points", "type": "points", "quantity": 1, "value": 50,
                       "currency": "points"}
                    ],
                    "occurred_at": 1772366400
                  }
                }
                """));
        assertThat(event.body()).startsWith("{\"event\":\"play_completed\",\"tenant_id\":\"ada\",");
    }

    @Test
    void the_body_of_a_win_tells_of_the_reward_and_its_play() {
        PlatformEvent event =
                PlayEvents.of(Plays.won("play_1", Plays.voucher("rwd_1"))).getLast();

        assertThat(JSON.readTree(event.body())).isEqualTo(JSON.readTree("""
                {
                  "event": "prize_won",
                  "tenant_id": "ada",
                  "merchant_id": "merch_shop",
                  "payload": {
                    "reward_id": "rwd_1", "prize_id": "prize_coffee", "type": "voucher", "quantity": 1, "value": 0,
                    "currency": null,
                    "play_id": "play_1", "game_id": "game_wheel", "campaign_id": "camp_spring", "player_id": "grace",
                    "occurred_at": 1772366400
                  }
                }
                """));
    }

    @Test
    void a_play_of_nobody_is_refused() {
        var play = Plays.play("a tenant with spaces", "play_1", List.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlayEvents.of(play))
                .withMessageContaining("a tenant with spaces");
    }
}
