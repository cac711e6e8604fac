package io.fanfare.edge.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/errors.md follows from {@link Reason}. Run with {@code -Dfanfare.update-docs=true} to write it anew. */
class ErrorsPageTest {

    private static final Path PAGE = Path.of("../docs/errors.md");

    @Test
    void the_page_says_what_the_code_does() throws IOException {
        if (Boolean.getBoolean("fanfare.update-docs")) {
            Files.createDirectories(PAGE.getParent());
            Files.writeString(PAGE, page());
        }

        assertThat(PAGE).content().isEqualTo(page());
    }

    private static String page() {
        var page = new StringBuilder("""
                # Errors

                <!-- Generated from io.fanfare.edge.error.Reason; its test fails when this page differs. -->

                Every error has the HTTP status and google.rpc.Code below. The body is the usual envelope: `code` is the number
                of the rpc code, `message` is for people, and `data.error` holds `status`, `reason`, `domain` (`fanfare`), `metadata`
                and `field_violations[]` of `{field, description}`. With `Accept: application/problem+json` the same comes as
                RFC 9457. Programs should look at `reason`: it never changes its meaning.

                | reason | HTTP | rpc code | meaning |
                |---|---|---|---|
                """);
        for (Reason reason : Reason.values()) {
            page.append("| `%s` | %d | %d %s | %s |%n"
                    .formatted(
                            reason.name(),
                            reason.httpStatus(),
                            reason.code().number(),
                            reason.code().name(),
                            reason.meaning()));
        }
        return page.toString();
    }
}
