package io.fanfare.streams.dev;

import static java.util.stream.Collectors.joining;

import io.fanfare.streams.dev.TopicBrowser.RecordView;
import io.fanfare.streams.dev.TopicBrowser.TopicView;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;
import tools.jackson.databind.json.JsonMapper;

/** The topics and their records for people. */
final class TopicPages {

    private final JsonMapper json;

    TopicPages(JsonMapper json) {
        this.json = json;
    }

    String of(List<TopicView> topics) {
        String rows = topics.stream().map(TopicPages::row).collect(joining("\n"));
        return page("Topics", """
                <p><code>Accept: application/json</code> gets the same.</p>
                <table>
                <tr><th>topic<th>key<th>record types<th>what it says<th>kept<th>records</tr>
                %s
                </table>
                """.formatted(rows));
    }

    String of(String topic, List<RecordView> newestFirst) {
        String rows = newestFirst.stream().map(this::row).collect(joining("\n"));
        return page(topic, """
                <p><a href="/dev/topics">All topics</a>. The newest records; <code>?key=demo/ada</code> shows those of one key,
                <code>&amp;limit=</code> up to 100. <code>Accept: application/json</code> gets the same.</p>
                <table>
                <tr><th>time<th>place<th>key<th>record<th>headers</tr>
                %s
                </table>
                """.formatted(rows));
    }

    private static String row(TopicView topic) {
        return "<tr><td><a href=\"/dev/topics/%1$s\">%1$s</a><td>%2$s<td>%3$s<td>%4$s<td>%5$s<td>%6$d</tr>"
                .formatted(
                        escaped(topic.name()),
                        escaped(topic.key()),
                        escaped(String.join(", ", topic.recordTypes())),
                        escaped(topic.description()),
                        escaped(topic.retention().replace('_', ' ')),
                        topic.records());
    }

    private String row(RecordView record) {
        String headers = record.headers().entrySet().stream()
                .map(header -> escaped(header.getKey()) + ": " + escaped(header.getValue()))
                .collect(joining("<br>"));
        return "<tr><td>%s<td>%d@%d<td>%s<td><b>%s</b>%s<pre>%s</pre><td><code>%s</code></tr>"
                .formatted(
                        record.timestamp(),
                        record.partition(),
                        record.offset(),
                        escaped(record.key()),
                        escaped(record.type()),
                        escaped(record.error()),
                        escaped(json.writerWithDefaultPrettyPrinter().writeValueAsString(record.value())),
                        headers);
    }

    private static String page(String title, String content) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta name="color-scheme" content="light dark">
                <title>%1$s</title>
                <style>
                  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem }
                  table { border-collapse: collapse; width: 100%% }
                  th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #8884 }
                  code, pre { font-size: 13px; overflow-wrap: anywhere; white-space: pre-wrap; margin: 0 }
                </style>
                <h1>%1$s</h1>
                %2$s
                </html>
                """.formatted(escaped(title), content);
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
