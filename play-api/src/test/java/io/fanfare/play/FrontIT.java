package io.fanfare.play;

import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.edge.HttpProbe.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What is there besides the API: the page, the documents, health. */
class FrontIT {

    private static final Path DESCRIPTION = Path.of("../docs/openapi.yaml");

    private final RunningApi api = RunningApi.shared();

    @Test
    void the_front_page_says_what_runs() {
        Answer page = api.http.get("/");
        Answer about = api.http.get("/about");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.raw().body()).contains("<title>Fanfare</title>", "docs/api", "front.js");
        assertThat(api.http.get("/front.js").status()).isEqualTo(200);
        assertThat(api.http.get("/front.css").status()).isEqualTo(200);
        assertThat(about.data().toString())
                .isEqualTo("{\"name\":\"Fanfare\",\"dev_mode\":true,\"streams_port\":8082,\"worker_port\":8084}");
    }

    @Test
    void it_is_ready_with_database_migrations_registry_and_relay() {
        assertThat(api.http.get("/readyz").data().path("checks").toString())
                .isEqualTo(
                        "{\"application\":\"ready\",\"database\":\"ready\",\"migrations\":\"ready\",\"registry\":\"ready\",\"relay\":\"ready\"}");
    }

    @Test
    void the_swagger_page_is_where_it_should_be() {
        Answer redirect = api.http.get("/docs/api");
        Answer page = api.http.get(redirect.header("Location"));

        assertThat(redirect.status()).isEqualTo(302);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.raw().body()).contains("swagger-ui");
    }

    /** Run with {@code -Dfanfare.update-docs=true} to write it anew. */
    @Test
    void the_description_that_is_checked_in_is_the_one_of_this_code() throws IOException {
        String served = api.http.get("/docs/openapi.yaml").raw().body().replaceAll("http://127\\.0\\.0\\.1:\\d+", "/");
        if (Boolean.getBoolean("fanfare.update-docs")) {
            Files.createDirectories(DESCRIPTION.getParent());
            Files.writeString(DESCRIPTION, served);
        }

        assertThat(served).startsWith("openapi: 3.1");
        assertThat(DESCRIPTION).content().isEqualTo(served);
    }
}
