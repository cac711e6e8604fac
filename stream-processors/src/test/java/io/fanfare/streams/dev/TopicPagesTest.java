package io.fanfare.streams.dev;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.streams.dev.TopicBrowser.RecordView;
import io.fanfare.streams.dev.TopicBrowser.TopicView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TopicPagesTest {

    private final TopicPages pages = new TopicPages(JsonMapper.shared());

    @Test
    void the_list_of_topics_leads_to_each() {
        var plays = new TopicView(
                "fanfare.plays.v1", "tenant/player", List.of("PlayCompleted"), "forever", "Every play.", 4, 17);

        String page = pages.of(List.of(plays));

        assertThat(page)
                .contains("<a href=\"/dev/topics/fanfare.plays.v1\">", "PlayCompleted", "Every play.", "<td>17</tr>");
    }

    @Test
    void what_stands_in_a_record_cannot_become_markup() {
        var record = new RecordView(
                3,
                9,
                Instant.EPOCH,
                "demo/<ada>",
                Map.of("tenant", "<script>"),
                "PlayCompleted",
                1,
                Map.of("player_id", "</pre><script>"),
                null);

        String page = pages.of("fanfare.plays.v1", List.of(record));

        assertThat(page)
                .contains("3@9", "demo/&lt;ada&gt;", "&quot;player_id&quot; : &quot;&lt;/pre&gt;&lt;script&gt;&quot;")
                .doesNotContain("<script>");
    }

    @Test
    void a_record_that_cannot_be_decoded_says_why() {
        var record = new RecordView(0, 0, Instant.EPOCH, null, Map.of(), null, null, "raw", "no schema id");

        String page = pages.of("fanfare.plays.v1", List.of(record));

        assertThat(page).contains("no schema id", "&quot;raw&quot;");
    }
}
