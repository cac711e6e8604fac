package io.fanfare.worker.sink;

import static java.util.stream.Collectors.joining;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** The sink for people. */
final class SinkPage {

    private SinkPage() {}

    static String of(List<ReceivedWebhook> newestFirst) {
        return """
                <!doctype html>
                <html lang="en">
                <meta charset="utf-8">
                <meta http-equiv="refresh" content="3">
                <title>Webhooks that arrived</title>
                <style>
                  body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem; max-width: 72rem }
                  table { border-collapse: collapse; width: 100%% }
                  th, td { text-align: left; vertical-align: top; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid #ddd }
                  code { font-size: 13px; overflow-wrap: anywhere }
                </style>
                <h1>Webhooks that arrived</h1>
                <p>The last %d at most, newest first. <code>Accept: application/json</code> gets the same with all headers.</p>
                <table>
                <tr><th>time<th>to<th>event<th>attempt<th>signature<th>answered<th>body</tr>
                %s
                </table>
                </html>
                """.formatted(
                WebhookSink.CAPACITY, newestFirst.stream().map(SinkPage::row).collect(joining("\n")));
    }

    private static String row(ReceivedWebhook received) {
        return "<tr><td>%s<td>%s<td>%s<br><code>%s</code><td>%d<td>%s<td>%d<td><code>%s</code></tr>"
                .formatted(
                        Instant.ofEpochSecond(received.receivedAt()),
                        escaped(received.name()),
                        escaped(received.event()),
                        escaped(received.webhookId()),
                        received.attempt(),
                        escaped(received.signature()),
                        received.answered(),
                        escaped(received.body()));
    }

    private static String escaped(@Nullable String text) {
        return text == null ? "" : HtmlUtils.htmlEscape(text, "UTF-8");
    }
}
