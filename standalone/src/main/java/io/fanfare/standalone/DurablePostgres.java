package io.fanfare.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server that keeps what it acknowledged: fsync and synchronous commit are on, WAL is logical for the relay.
 *
 * <p>{@code pg_ctl} starts it, so it has a session of its own and a Ctrl-C on the platform's terminal does not stop the
 * database before the services. Killed with -9 it recovers from its WAL; if it is the platform that was killed, the server
 * is found by its {@code postmaster.pid} and stopped before it is started anew.
 */
final class DurablePostgres implements Child {

    static final String DATABASE = "fanfare";
    static final String USER = "fanfare";
    /** Loopback and development only: known on purpose, so that psql is one command away. */
    static final String PASSWORD = "fanfare";

    static final String REGISTRY = "registry";
    private static final String SUPERUSER = "postgres";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration WORKERS_GONE_WITHIN = Duration.ofSeconds(20);
    private static final String LOCK = "postmaster.pid";

    /**
     * For glibc's malloc, in bytes. Otherwise it returns a worker's memory to the system after each statement of a batch, and takes it
     * anew for the next one: a twelfth of what PostgreSQL does for a play.
     */
    private static final Map<String, String> KEEPS_ITS_MEMORY = Map.of(
            "MALLOC_TRIM_THRESHOLD_", "8388608", "MALLOC_TOP_PAD_", "1048576", "MALLOC_MMAP_THRESHOLD_", "1048576");

    private final DataDir dir;
    private final int port;
    private final Path data;
    private final Path log;

    DurablePostgres(DataDir dir, int port) {
        this.dir = dir;
        this.port = port;
        this.data = dir.root().resolve("postgres");
        this.log = dir.folder("logs").resolve("postgresql.log");
    }

    @Override
    public String name() {
        return "PostgreSQL " + PostgresBinaries.VERSION;
    }

    @Override
    public List<Part> needs() {
        return List.of();
    }

    @Override
    public Optional<URI> address() {
        return Optional.of(URI.create("postgresql://127.0.0.1:" + port + "/" + DATABASE));
    }

    @Override
    public boolean isAlive() {
        return pid() >= 0;
    }

    @Override
    public long pid() {
        try {
            return postmaster(data).map(ProcessHandle::pid).orElse(-1L);
        } catch (IOException e) {
            return -1;
        }
    }

    /** The server of this folder, if one runs, whoever started it. */
    Optional<ProcessHandle> running() throws IOException {
        return postmaster(data);
    }

    String jdbcUrl() {
        return jdbcUrl(DATABASE);
    }

    String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    @Override
    public void start() throws Exception {
        Path home = PostgresBinaries.unpackInto(dir.folder("bin"));
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(home);
        }
        Files.writeString(data.resolve("postgresql.conf"), configuration());
        removeForeignLock(data);
        long deadline = System.nanoTime() + WORKERS_GONE_WITHIN.toNanos();
        while (!launched(home, deadline)) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        createDatabases();
    }

    /**
     * False: not yet. The workers of a server that was killed end by themselves, and until the last one has, PostgreSQL refuses
     * to start beside it.
     */
    private boolean launched(Path home, long deadline) throws IOException, InterruptedException {
        boolean wasKilled = Files.exists(data.resolve(LOCK));
        try {
            run(
                    home,
                    "pg_ctl",
                    "start",
                    "-w",
                    "-t",
                    Long.toString(PATIENCE.toSeconds()),
                    "-s",
                    "-D",
                    data.toString(),
                    "-l",
                    log.toString());
            return true;
        } catch (IllegalStateException e) {
            if (wasKilled && System.nanoTime() < deadline) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void stop() throws Exception {
        Path home = PostgresBinaries.unpackInto(dir.folder("bin"));
        run(
                home,
                "pg_ctl",
                "stop",
                "-w",
                "-m",
                "fast",
                "-t",
                Long.toString(PATIENCE.toSeconds()),
                "-s",
                "-D",
                data.toString());
    }

    /**
     * Stops a server that outlived its platform.
     *
     * @return the pid that was stopped
     */
    static Optional<Long> endOrphan(Path root) throws IOException, InterruptedException {
        Path data = root.resolve("postgres");
        Optional<ProcessHandle> orphan = postmaster(data);
        if (orphan.isPresent()) {
            long pid = orphan.get().pid();
            // SIGINT is PostgreSQL's fast shutdown; SIGTERM would wait for clients, and ProcessHandle knows no other
            // signal.
            new ProcessBuilder("kill", "-INT", Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (!ChildRecord.hasEnded(orphan.get(), Duration.ofSeconds(20))) {
                ChildRecord.end(orphan.get(), Duration.ofSeconds(1));
            }
        }
        return orphan.map(ProcessHandle::pid);
    }

    /**
     * PostgreSQL finds out by itself that a lock is stale, and by it that workers of a dead server still run; so it stays. Only
     * when its number has gone to another process, which is no server of ours, it would be believed for ever.
     */
    private static void removeForeignLock(Path data) throws IOException {
        Path file = data.resolve(LOCK);
        boolean holderLives = lockHolder(file).isPresent();
        if (holderLives && postmaster(data).isEmpty()) {
            Files.delete(file);
        }
    }

    /** The server of this data folder, told from any other process by the folder on its command line. */
    private static Optional<ProcessHandle> postmaster(Path data) throws IOException {
        return lockHolder(data.resolve(LOCK))
                .filter(process -> ChildRecord.commandLine(process).contains("postgres")
                        && ChildRecord.commandLine(process).contains(data.toString()));
    }

    private static Optional<ProcessHandle> lockHolder(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).filter(ProcessHandle::isAlive);
    }

    private void initialise(Path home) throws IOException, InterruptedException {
        Path password = Files.createTempFile(dir.folder("run"), "password", "");
        try {
            Files.writeString(password, PASSWORD);
            run(
                    home,
                    "initdb",
                    "--pgdata=" + data,
                    "--username=" + SUPERUSER,
                    "--pwfile=" + password,
                    "--auth-host=scram-sha-256",
                    "--auth-local=reject",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--no-instructions");
        } finally {
            Files.delete(password);
        }
    }

    /** Written at every start: the port may have moved, and nobody else edits this folder. */
    private String configuration() {
        return """
                # Written by ./fanfare up at every start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = ''
                fsync = on
                synchronous_commit = on
                wal_level = logical
                max_replication_slots = 4
                max_wal_senders = 4
                # A relay that is away for long loses its slot rather than filling the disk; it then publishes what is retained.
                max_slot_wal_keep_size = '2GB'
                # A checkpoint has each page written into the log once more: at full rate one a minute, not one each 18 seconds.
                max_wal_size = '4GB'
                max_connections = 120
                # The default is so little that each play has pages written out that the next ones read again.
                shared_buffers = '512MB'
                timezone = 'UTC'
                log_timezone = 'UTC'
                jit = off
                # One small machine: no worker processes for reading ahead.
                io_method = sync
                max_worker_processes = 4
                """.formatted(port);
    }

    private void createDatabases() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(SUPERUSER), SUPERUSER, PASSWORD);
                Statement statement = connection.createStatement()) {
            createDatabase(statement, DATABASE, USER, "LOGIN REPLICATION");
            createDatabase(statement, REGISTRY, REGISTRY, "LOGIN");
        }
    }

    private static void createDatabase(Statement statement, String database, String owner, String rights)
            throws SQLException {
        if (!exists(statement, "SELECT 1 FROM pg_roles WHERE rolname = '" + owner + "'")) {
            statement.execute("CREATE ROLE " + owner + " " + rights + " PASSWORD '" + owner + "'");
        }
        if (!exists(statement, "SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            statement.execute("CREATE DATABASE " + database + " OWNER " + owner);
        }
    }

    private static boolean exists(Statement statement, String query) throws SQLException {
        try (var rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private void run(Path home, String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (isRoot()) {
            // PostgreSQL refuses to run as root; in a user namespace of its own it is nobody.
            command.add("unshare");
            command.add("-U");
        }
        command.add(home.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = dir.folder("logs").resolve(program + ".log");
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(KEEPS_ITS_MEMORY);
        Process process = builder.redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(PATIENCE.toSeconds() + 30, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(program + " did not end; see " + output + " and " + log);
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(program + " ended with code " + process.exitValue() + ": "
                    + Files.readString(output).strip() + " (see also " + log + ")");
        }
    }

    private static boolean isRoot() throws IOException {
        return Files.exists(Path.of("/proc/self"))
                && Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }
}
