package io.fanfare.standalone;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the command line asks for. */
sealed interface Arguments {

    Path DEFAULT_DATA = Path.of(".fanfare");

    /** Start everything and stay in the foreground. */
    record Up(Path data, Ports ports, boolean fresh) implements Arguments {}

    /** Stop the platform on this folder and wait until it has ended. */
    record Down(Path data) implements Arguments {}

    /** Say what runs on this folder. */
    record Status(Path data) implements Arguments {}

    /** Start one service in the foreground, on what the environment says. */
    record Run(ServiceProgram service) implements Arguments {}

    /**
     * Start what is not running of a cluster, and leave it running.
     *
     * @param ports null: those of the last time, or the default
     */
    record ClusterUp(Path data, @Nullable ClusterPorts ports) implements Arguments {}

    /** Stop all processes of the cluster on this folder. */
    record ClusterDown(Path data) implements Arguments {}

    /** Say what runs of the cluster on this folder. */
    record ClusterStatus(Path data) implements Arguments {}

    /** Be the process of a cluster that is not a service; said by {@link ClusterUp} only. */
    record Member(MemberProgram program, Path data, Ports ports) implements Arguments {}

    /** Something that is none of these; {@code reason} tells the user what. */
    record Refused(String reason) implements Arguments {}

    static Arguments parse(List<String> words) {
        Deque<String> rest = new ArrayDeque<>(words);
        @Nullable String command = rest.poll();
        if (command == null) {
            return new Refused("say up, down, status, run or cluster");
        }
        String subject = "";
        if (List.of("run", "cluster", "member").contains(command)) {
            subject = rest.isEmpty() ? "" : rest.remove();
        }
        Path data = DEFAULT_DATA;
        @Nullable Integer api = null;
        boolean fresh = false;
        while (!rest.isEmpty()) {
            String option = rest.remove();
            @Nullable String value = rest.peek();
            switch (option) {
                case "--fresh" -> fresh = true;
                case "--data", "--port" -> {
                    if (value == null) {
                        return new Refused(option + " needs a value");
                    }
                    rest.remove();
                    if (option.equals("--data")) {
                        data = Path.of(value);
                    } else if (!value.matches("\\d{1,5}")) {
                        return new Refused("--port needs a number, not " + value);
                    } else {
                        api = Integer.valueOf(value);
                    }
                }
                default -> {
                    return new Refused("unknown option " + option);
                }
            }
        }
        try {
            return of(command, subject, new Options(data, api, fresh));
        } catch (IllegalArgumentException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    /** @param api null where it was not said */
    record Options(Path data, @Nullable Integer api, boolean fresh) {

        Ports ports() {
            return api == null ? Ports.DEFAULT : Ports.withApiAt(api);
        }

        @Nullable
        ClusterPorts clusterPorts() {
            return api == null ? null : ClusterPorts.withApiAt(api);
        }

        boolean onlyData() {
            return api == null && !fresh;
        }
    }

    private static Arguments of(String command, String subject, Options options) {
        return switch (command) {
            case "up" -> new Up(options.data(), options.ports(), options.fresh());
            case "down" -> options.onlyData() ? new Down(options.data()) : new Refused("down takes --data only");
            case "status" -> options.onlyData() ? new Status(options.data()) : new Refused("status takes --data only");
            case "run" ->
                ServiceProgram.named(subject)
                        .<Arguments>map(Run::new)
                        .orElse(new Refused("say run play-api, run streams or run worker"));
            case "cluster" -> cluster(subject, options);
            case "member" ->
                MemberProgram.named(subject)
                        .<Arguments>map(program -> new Member(program, options.data(), options.ports()))
                        .orElse(new Refused("there is no member " + subject));
            default -> new Refused("unknown command " + command);
        };
    }

    private static Arguments cluster(String subject, Options options) {
        return switch (subject) {
            case "up" ->
                options.fresh()
                        ? new Refused("cluster up does not take --fresh")
                        : new ClusterUp(options.data(), options.clusterPorts());
            case "down" ->
                options.onlyData() ? new ClusterDown(options.data()) : new Refused("cluster down takes --data only");
            case "status" ->
                options.onlyData()
                        ? new ClusterStatus(options.data())
                        : new Refused("cluster status takes --data only");
            default -> new Refused("say cluster up, cluster down or cluster status");
        };
    }
}
