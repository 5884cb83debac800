package ledger287.system;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One more instance of reporting-service on a running ledger's database and broker, as a larger installation has. */
final class AnotherReporting implements AutoCloseable {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);

    private final RunningLedger ledger;
    private final Map<String, String> settings;
    private final Path output;
    private final int port;
    private Process process;

    private AnotherReporting(RunningLedger ledger, Map<String, String> settings, int port) {
        this.ledger = ledger;
        this.settings = settings;
        this.port = port;
        this.output = ledger.home().resolveSibling("another-reporting.out");
        this.process = launch();
    }

    /** Starts it, and returns when it says that it is ready. */
    static AnotherReporting beside(RunningLedger ledger, Map<String, String> settings) {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var another = new AnotherReporting(ledger, settings, port);
        another.awaitReady();
        return another;
    }

    int port() {
        return port;
    }

    /** SIGTERM, as a rollout does; returns at once. */
    void stop() {
        process.destroy();
    }

    /** Waits for its end after {@link #stop}, and starts it again. */
    void startAgain() {
        await("the end of another reporting-service")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !process.isAlive());
        process = launch();
        awaitReady();
    }

    /** SIGKILL, and started again at once. */
    void killAndStartAgain() {
        end();
        process = launch();
    }

    private void awaitReady() {
        Client client = ledger.clientOf(port);
        await("another reporting-service")
                .atMost(READY_WITHIN)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    try {
                        return client.ask("/q/health/ready").status() == 200;
                    } catch (IOException notYet) {
                        return false;
                    }
                });
    }

    private Process launch() {
        Path jar = Checkout.root().resolve("reporting-service/target/quarkus-app/quarkus-run.jar");
        var builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        "-jar",
                        jar.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(settings);
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_HOST",
                        "127.0.0.1",
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(port),
                        "LEDGER287_REPORTING_INSTANCE",
                        "another",
                        "KAFKA_BOOTSTRAP_SERVERS",
                        ledger.bootstrapServers(),
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        ledger.databaseAddress("reporting"),
                        "QUARKUS_DATASOURCE_USERNAME",
                        "postgres",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        password()));
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String password() {
        try {
            return Files.readString(ledger.home().resolve("postgres/password")).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }
}
