package io.fanfare.store.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.engine.identity.OpaqueId;
import io.fanfare.engine.play.PlayId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void ids_say_what_they_are_of() {
        var ids = new Ids();

        List<String> minted = List.of(
                ids.game().value(),
                ids.prize().value(),
                ids.session().value(),
                ids.play().value(),
                ids.reward().value(),
                ids.leaderboard().value());

        assertThat(minted)
                .map(id -> id.substring(0, id.indexOf('_')))
                .containsExactly("game", "prize", "sess", "play", "rwd", "board");
        assertThat(minted).allMatch(OpaqueId::isValid).allMatch(id -> id.matches("[a-z]+_[0-9a-f]{32}"));
    }

    @Test
    void ids_sort_by_age() {
        var ids = new Ids();

        List<PlayId> minted = Stream.generate(ids::play).limit(10_000).toList();

        assertThat(minted).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void the_same_cause_always_leads_to_the_same_id() {
        assertThat(Ids.derivedFrom("play-credit:acme/play_1"))
                .isEqualTo(Ids.derivedFrom("play-credit:acme/play_1"))
                .isNotEqualTo(Ids.derivedFrom("play-credit:acme/play_2"))
                .satisfies(id -> assertThat(id.version()).isEqualTo(5));
    }
}
