package ledger287.operations.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import ledger287.local.ChildProcess;
import ledger287.local.Ports;
import ledger287.local.StopSignal;
import ledger287.service.testing.FreshLedger;

/** The packaged service as a process of its own, with the heap it ships with, on a ledger of its own; can be killed. */
final class ServiceProcess implements AutoCloseable {
    /** As {@code ./ledger up} starts it. */
    private static final List<String> HEAP = List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

    private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\((\\d+)M\\)");
    private static final Pattern GREATEST_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private final Path directory;
    private final Map<String, String> settings;
    private final int port = Ports.free();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Path> collections = new ArrayList<>();
    private ChildProcess process;

    private ServiceProcess(Path directory, Map<String, String> settings) {
        this.directory = directory;
        this.settings = settings;
        this.process = launch();
        awaitReady();
    }

    /** @param further settings of the service; they win */
    static ServiceProcess start(Path directory, Map<String, String> further) {
        FreshLedger ledger = new FreshLedger();
        ledger.init(Map.of("service", "operations"));
        Map<String, String> settings = new HashMap<>(ledger.start());
        settings.putAll(further);
        return new ServiceProcess(directory, settings);
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    /** SIGKILL. Returns when the process is gone. */
    void kill() {
        process.kill();
    }

    /** Starts it again on the same ledger. */
    void restart() {
        process = launch();
        awaitReady();
    }

    /** To its database, in the role of the application. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(
                settings.getOrDefault("quarkus.datasource.jdbc.url", ""),
                settings.get("quarkus.datasource.username"),
                settings.get("quarkus.datasource.password"));
    }

    /**
     * Megabytes of heap, of all processes so far.
     *
     * @param used at most, just before a collection
     * @param live at most, just after one
     * @param collections how many there were
     */
    record Heap(long used, long live, long collections) {}

    Heap heap() throws IOException {
        long used = 0;
        long live = 0;
        long count = 0;
        for (Path log : collections) {
            try (Stream<String> lines = Files.lines(log)) {
                for (MatchResult collection : (Iterable<MatchResult>)
                        lines.flatMap(line -> COLLECTION.matcher(line).results())::iterator) {
                    used = Math.max(used, Long.parseLong(collection.group(1)));
                    live = Math.max(live, Long.parseLong(collection.group(2)));
                    count++;
                }
            }
        }
        return new Heap(used, live, count);
    }

    /** The most memory, in megabytes, that the process ever had of the machine; empty where there is no /proc. */
    Optional<Long> greatestResident() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.exists(status)) {
            return Optional.empty();
        }
        return GREATEST_RESIDENT
                .matcher(Files.readString(status))
                .results()
                .findFirst()
                .map(found -> Long.parseLong(found.group(1)) / 1024);
    }

    @Override
    public void close() {
        process.stop(Duration.ofSeconds(15));
        http.close();
    }

    private ChildProcess launch() {
        Path application = Path.of("target", "quarkus-app", "quarkus-run.jar").toAbsolutePath();
        assertThat(application).as("The service is packaged: mvn package").exists();
        Path collected = directory.resolve("gc-" + collections.size() + ".log");
        collections.add(collected);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        command.add("-Xlog:gc:file=" + collected);
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-Dquarkus.http.host=127.0.0.1", "-Dquarkus.http.port=" + port));
        command.addAll(List.of("-jar", application.toString()));
        return ChildProcess.start(command, Map.of(), directory.resolve("service.log"), StopSignal.TERM);
    }

    private void awaitReady() {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(address() + "/q/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        await().atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    assertThat(process.isAlive()).as(() -> process.lastWords()).isTrue();
                    try {
                        return http.send(ready, BodyHandlers.discarding()).statusCode() == 200;
                    } catch (IOException notYet) {
                        return false;
                    }
                });
    }
}
