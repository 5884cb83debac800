package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A ledger as a user runs it: {@code ./ledger up} in a process group of its own, as a terminal would make it, on free
 * ports and in a directory of its own.
 */
final class RunningLedger implements AutoCloseable {

    private static final Duration UP_WITHIN = Duration.ofMinutes(3);
    private static final Duration DOWN_WITHIN = Duration.ofMinutes(1);

    /** The programs that a ledger consists of, by the names of their pid files. */
    enum Program {
        AGREEMENTS("agreements-service"),
        OPERATIONS("operations-service"),
        REPORTING("reporting-service"),
        BROKER("kafka"),
        DATABASE("postgres");

        private final String pidFile;

        Program(String pidFile) {
            this.pidFile = pidFile;
        }
    }

    private final Path home;
    private final Path output;
    private final Ports ports;
    private final Process up;

    private RunningLedger(Path home, Path output, Ports ports, Process up) {
        this.home = home;
        this.output = output;
        this.ports = ports;
        this.up = up;
    }

    /** Starts a ledger and returns when it says that it is up. */
    static RunningLedger up(Path home, String... options) {
        return up(home, Map.of(), options);
    }

    /** The same with settings of the services, as environment variables. */
    static RunningLedger up(Path home, Map<String, String> settings, String... options) {
        var ports = Ports.free();
        Path output = home.resolveSibling(home.getFileName() + ".out");
        // Whoever runs the tests in the background of a shell has them ignore SIGINT, and all that they start with
        // them.
        var command = new ArrayList<>(List.of("env", "--default-signal=INT", "setsid"));
        command.addAll(script("up", options));
        var ledger = new RunningLedger(home, output, ports, start(command, home, ports, settings, output));
        try {
            await("./ledger up")
                    .atMost(UP_WITHIN)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> ledger.output().contains("Up. Stop it with") || !ledger.up.isAlive());
            assertThat(ledger.up.isAlive()).as(ledger.output()).isTrue();
        } catch (RuntimeException | Error e) {
            ledger.close();
            throw e;
        }
        return ledger;
    }

    /** Runs another command of the script against this ledger, to its end. */
    CommandResult run(String command, String... options) {
        Path answer = home.resolveSibling("%s.%s.out".formatted(home.getFileName(), command));
        Process process = start(script(command, options), home, ports, Map.of(), answer);
        try {
            if (!process.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("./ledger %s does not end: %s".formatted(command, text(answer)));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new CommandResult(process.exitValue(), text(answer));
    }

    /** How a command ended and what it said. */
    record CommandResult(int exitCode, String output) {}

    Path home() {
        return home;
    }

    String output() {
        return text(output);
    }

    Client client() {
        return clientOf(ports.reporting());
    }

    /** As {@link #client}, but what is read comes from another instance of reporting-service. */
    Client clientOf(int reportingPort) {
        return new Client(
                "http://127.0.0.1:" + ports.agreements(),
                "http://127.0.0.1:" + ports.operations(),
                "http://127.0.0.1:" + reportingPort,
                text(home.resolve("api-key")).strip());
    }

    int reportingPort() {
        return ports.reporting();
    }

    /** For JDBC; the superuser's password is in {@code postgres/password}. */
    String databaseAddress(String database) {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(ports.postgres(), database);
    }

    String bootstrapServers() {
        return "127.0.0.1:" + ports.kafka();
    }

    /** SIGKILL, as a crash. The supervisor is left to notice. */
    void kill(Program program) {
        long pid = pid(program);
        assertThat(ProcessHandle.of(pid).map(ProcessHandle::destroyForcibly))
                .as("%s, pid %d", program, pid)
                .hasValue(true);
    }

    long pid(Program program) {
        return Long.parseLong(
                text(home.resolve("run/%s.pid".formatted(program.pidFile))).strip());
    }

    /** Every process of this ledger that runs now. */
    Set<ProcessHandle> processes() {
        var processes = new LinkedHashSet<ProcessHandle>();
        Stream.concat(
                        Stream.of(up.toHandle()),
                        Stream.of(Program.values())
                                .filter(program -> Files.exists(home.resolve("run/%s.pid".formatted(program.pidFile))))
                                .flatMap(program -> ProcessHandle.of(pid(program)).stream()))
                .forEach(process -> {
                    processes.add(process);
                    process.descendants().forEach(processes::add);
                });
        processes.removeIf(process -> !process.isAlive());
        return processes;
    }

    /** Ctrl-C: SIGINT to the whole process group, and the wait for its end. Answers the exit code. */
    int interrupt() {
        signalGroup("INT");
        try {
            if (!up.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("Not down after Ctrl-C:\n" + output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return up.exitValue();
    }

    /** Waits for the end that something else has brought about. */
    int awaitEnd() {
        await("the end of ./ledger up").atMost(DOWN_WITHIN).until(() -> !up.isAlive());
        return up.exitValue();
    }

    /** Whatever became of the test, nothing is left running. */
    @Override
    public void close() {
        Set<ProcessHandle> processes = processes();
        if (up.isAlive()) {
            signalGroup("TERM");
            try {
                if (!up.waitFor(DOWN_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                    up.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    /** Returns when none of them runs any more. */
    static void awaitGone(Collection<ProcessHandle> processes) {
        await("processes to end").atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(processes.stream()
                        .filter(ProcessHandle::isAlive)
                        .map(process -> process.pid() + " "
                                + process.info().commandLine().orElse("?")))
                .isEmpty());
    }

    private void signalGroup(String signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, "--", "-" + up.pid())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<String> script(String command, String... options) {
        var words = new ArrayList<>(List.of(Checkout.root().resolve("ledger").toString(), command));
        words.addAll(List.of(options));
        return words;
    }

    private static Process start(
            List<String> command, Path home, Ports ports, Map<String, String> settings, Path output) {
        var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        var environment = builder.environment();
        environment.putAll(settings);
        environment.put("LEDGER287_HOME", home.toString());
        environment.put("LEDGER287_REPORTING_PORT", String.valueOf(ports.reporting()));
        environment.put("LEDGER287_AGREEMENTS_PORT", String.valueOf(ports.agreements()));
        environment.put("LEDGER287_OPERATIONS_PORT", String.valueOf(ports.operations()));
        environment.put("LEDGER287_POSTGRES_PORT", String.valueOf(ports.postgres()));
        environment.put("LEDGER287_KAFKA_PORT", String.valueOf(ports.kafka()));
        // This very build has packaged everything; a second one inside it would tear it down.
        environment.put("LEDGER287_BUILD", "never");
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Ports(int reporting, int agreements, int operations, int postgres, int kafka) {

        static Ports free() {
            // Held together, so that all differ.
            try (var reporting = new ServerSocket(0);
                    var agreements = new ServerSocket(0);
                    var operations = new ServerSocket(0);
                    var postgres = new ServerSocket(0);
                    var kafka = new ServerSocket(0)) {
                return new Ports(
                        reporting.getLocalPort(),
                        agreements.getLocalPort(),
                        operations.getLocalPort(),
                        postgres.getLocalPort(),
                        kafka.getLocalPort());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
