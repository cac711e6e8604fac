package io.fanfare.standalone;

import static io.fanfare.standalone.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fanfare.standalone.Web.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Every part as a process of its own: they come up, what is killed comes back with the same command, and all of it goes down. */
@Tag("without-the-shared-platform")
@Tag("long")
class ClusterIT {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final List<String> PROCESSES = List.of(
            "postgresql",
            "broker",
            "registry",
            "connect",
            "streams-1",
            "streams-2",
            "worker-1",
            "worker-2",
            "play-api-1",
            "play-api-2");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path folder;

    private final ClusterPorts ports =
            ClusterPorts.withApiAt(OwnProcess.freePorts().api());

    @BeforeEach
    void the_demo_counts_as_seeded() throws IOException {
        DataDir.open(folder).close();
        Files.writeString(
                folder.resolve("demo.properties"), "tenant=none\ncampaign=none\ngame=none\nleaderboard=none\n");
    }

    @AfterEach
    void nothing_is_left_running() throws Exception {
        cluster("down");
    }

    @Test
    void what_is_killed_comes_back_and_each_instance_answers_like_the_other() throws Exception {
        assertThat(cluster("up", "--port", Integer.toString(ports.first().api())))
                .isZero();
        assertThat(PROCESSES)
                .allSatisfy(process -> assertThat(alive(process)).as(process).isTrue());
        String game = gameOfPoints();
        playsOn(1, game);

        OwnProcess.kill(process("streams-1"), process("broker"), process("connect"), process("postgresql"));
        assertThat(cluster("status")).isEqualTo(1);
        assertThat(cluster("up")).isZero();
        playsOn(2, game);

        for (int instance : ClusterBlueprint.INSTANCES) {
            eventually(() -> balance(instance), balance -> balance == 50);
        }
        for (int instance : ClusterBlueprint.INSTANCES) {
            eventually(() -> issued(instance), issued -> issued == 50);
        }
        assertThat(cluster("status")).isZero();
        List<ProcessHandle> before = PROCESSES.stream().map(this::process).toList();
        assertThat(cluster("down")).isZero();
        // pg_ctl is content when the server has removed its lock, a moment before the process is gone.
        eventually(() -> before.stream().filter(ProcessHandle::isAlive).toList(), List::isEmpty);
    }

    private String gameOfPoints() throws Exception {
        Web admin = api(1).admin("acme");
        String prize = created(
                admin.post("/api/v1/admin/prizes", "{\"name\": \"25 points\", \"type\": \"points\", \"value\": 25}"),
                "prize_id");
        return created(admin.post("/api/v1/admin/games", """
                {"name": "Wheel", "type": "spin_wheel", "campaign_id": "camp_1", "status": "active",
                 "handler_config": {"prizes": [{"prize_id": "%s", "probability": 1.0, "slot_index": 0}]}}""".formatted(prize)), "game_id");
    }

    private static String created(Answer answer, String id) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(201);
        return answer.data().path(id).asString();
    }

    private void playsOn(int instance, String game) throws Exception {
        Web ada = api(instance).player("acme", "ada").with("Idempotency-Key", "on-" + instance);
        String session = eventually(
                        () -> api(instance).player("acme", "ada").post("/api/v1/games/" + game + "/start", "{}"),
                        start -> start.status() == 200)
                .data()
                .path("session_id")
                .asString();
        String body = "{\"session_id\": \"%s\", \"payload\": {}}".formatted(session);
        eventually(() -> ada.post("/api/v1/games/" + game + "/play", body), play -> play.status() == 200);
    }

    /** What one API says, whichever stream processor it asks; -1 while it cannot. */
    private long balance(int instance) throws Exception {
        Answer wallet = api(instance).player("acme", "ada").get("/api/v1/wallet?scope_key=camp_1");
        return wallet.status() == 200
                ? wallet.data().path("balances").path(0).path("balance").asLong(0)
                : -1;
    }

    /** What one API says that all wallets were given, whichever stream processor sums it up; -1 while it cannot. */
    private long issued(int instance) throws Exception {
        Answer sheets = api(instance).admin("acme").get("/api/v1/admin/wallets/balance-sheet");
        return sheets.status() == 200
                ? sheets.data()
                        .path("sheets")
                        .path(0)
                        .path("totals")
                        .path("issued")
                        .asLong(0)
                : -1;
    }

    private Web api(int instance) {
        return Web.at(URI.create("http://127.0.0.1:" + ports.api(instance)));
    }

    private boolean alive(String name) throws IOException {
        return MemberFile.read(folder, name)
                .flatMap(file -> file.process().alive(command -> command.contains(folder.toString())))
                .isPresent();
    }

    private ProcessHandle process(String name) {
        try {
            return MemberFile.read(folder, name)
                    .flatMap(file -> file.process().alive(_ -> true))
                    .orElseThrow();
        } catch (IOException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** What {@code ./fanfare cluster …} runs; its exit code. */
    private int cluster(String... words) throws Exception {
        String[] arguments = Stream.of(
                        Stream.of("cluster", words[0], "--data", folder.toString()),
                        Stream.of(words).skip(1))
                .flatMap(each -> each)
                .toArray(String[]::new);
        Process process = OwnProcess.java(Fanfare.class, arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        Path.of("target", "cluster.log").toFile()))
                .start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("cluster %s has ended", words[0])
                .isTrue();
        return process.exitValue();
    }
}
