package io.fanfare.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** The programs of {@code src/test/node} and the packages that their lock file names, side by side in {@code target/node}. */
final class NodeProject {

    private static final Path SOURCES = Path.of("src/test/node");
    private static final Path FOLDER = Path.of("target/node");
    private static final String LOCK = "package-lock.json";
    private static final int OLDEST_MAJOR = 18;
    private static final long INSTALLATION_MINUTES = 5;

    private final CompletableFuture<Path> folder;

    private NodeProject(CompletableFuture<Path> folder) {
        this.folder = folder;
    }

    /**
     * Skips a test class where there is no Node, or fails it where that must not be, and gives it the project. As a class's first
     * parameter the project is installed while the platform, its second, starts.
     */
    static final class Extension implements ExecutionCondition, ParameterResolver {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return judge(nodeVersion(), "true".equals(System.getenv("CI")));
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == NodeProject.class;
        }

        @Override
        public NodeProject resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return installing();
        }
    }

    /** @param node its version as it says itself, such as {@code v20.1.0} */
    static ConditionEvaluationResult judge(Optional<String> node, boolean mustNotSkip) {
        boolean isThere = node.filter(version -> major(version) >= OLDEST_MAJOR).isPresent();
        if (isThere) {
            return ConditionEvaluationResult.enabled("Node " + node.orElseThrow());
        }
        String why =
                "needs Node %d or newer with npm on the PATH, found %s".formatted(OLDEST_MAJOR, node.orElse("none"));
        if (mustNotSkip) {
            throw new IllegalStateException(why);
        }
        return ConditionEvaluationResult.disabled(why);
    }

    /** Starts one of the programs; what it prints can be read, what it complains about is in {@code complaints}. */
    Process start(Path complaints, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .directory(awaitFolder().toFile())
                .redirectError(complaints.toFile())
                .start();
    }

    private Path awaitFolder() throws InterruptedException {
        try {
            return folder.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the packages of %s are not there".formatted(SOURCES), e.getCause());
        }
    }

    private static NodeProject installing() {
        var installed = new CompletableFuture<Path>();
        Thread.ofVirtual().name("npm").start(() -> {
            try {
                install();
                installed.complete(FOLDER.toAbsolutePath());
            } catch (IOException | InterruptedException | RuntimeException e) {
                installed.completeExceptionally(e);
            }
        });
        return new NodeProject(installed);
    }

    private static void install() throws IOException, InterruptedException {
        Files.createDirectories(FOLDER);
        try (Stream<Path> sources = Files.list(SOURCES)) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                Files.copy(source, FOLDER.resolve(source.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        // npm takes half a minute even when there is nothing to do.
        Path done = FOLDER.resolve("installed-" + LOCK);
        if (Files.exists(done) && Files.mismatch(done, FOLDER.resolve(LOCK)) < 0) {
            return;
        }
        npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline");
        Files.copy(FOLDER.resolve(LOCK), done, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void npm(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("npm"));
        command.addAll(Arrays.asList(arguments));
        Path log = FOLDER.resolve("npm.log");
        Process npm = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!npm.waitFor(INSTALLATION_MINUTES, TimeUnit.MINUTES)) {
            npm.destroyForcibly();
            throw new IllegalStateException("npm was not done after %d minutes".formatted(INSTALLATION_MINUTES));
        }
        if (npm.exitValue() != 0) {
            throw new IllegalStateException(
                    "%s ended with %d: %s".formatted(command, npm.exitValue(), Files.readString(log)));
        }
    }

    private static int major(String version) {
        return Integer.parseInt(version.replaceFirst("^v", "").replaceFirst("\\..*", ""));
    }

    /** Empty where node or npm cannot be run. */
    private static Optional<String> nodeVersion() {
        return versionOf("npm").flatMap(_ -> versionOf("node"));
    }

    private static Optional<String> versionOf(String program) {
        try {
            Process process = new ProcessBuilder(program, "--version")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(version.strip()) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking for " + program, e);
        }
    }
}
