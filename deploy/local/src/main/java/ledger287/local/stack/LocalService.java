package ledger287.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import ledger287.local.ChildProcess;
import ledger287.local.LocalServer;
import ledger287.local.LocalStackException;
import ledger287.local.Pause;
import ledger287.local.StopSignal;
import ledger287.local.Trees;

/** One of the ledger's own services as a child JVM, told everything by its environment. */
final class LocalService implements LocalServer {

    private static final Duration READY_WITHIN = Duration.ofSeconds(90);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(15);

    private final String name;
    private final Home home;
    private final int port;
    private final Map<String, String> environment;
    private volatile ChildProcess process;

    private LocalService(String name, Home home, int port, Map<String, String> environment) {
        this.name = name;
        this.home = home;
        this.port = port;
        this.environment = environment;
        this.process = launch();
    }

    /**
     * Launches a service and returns at once; see {@link #awaitReady}.
     *
     * @param built its {@code quarkus-app} directory, which is copied first: a build beside a running ledger must not
     *     pull its jars from under it
     */
    static LocalService launch(String name, Path built, Home home, int port, Map<String, String> environment) {
        try {
            copy(built, home.application(name));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot copy %s to %s".formatted(built, home.application(name)), e);
        }
        return new LocalService(name, home, port, environment);
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public ChildProcess process() {
        return process;
    }

    @Override
    public void restart() {
        close();
        process = launch();
    }

    @Override
    public void close() {
        process.stop(STOPPED_WITHIN);
    }

    /** Returns when the service says it is ready; fails when it ends before. */
    void awaitReady(HttpClient client) {
        URI ready = URI.create("http://127.0.0.1:%d/q/health/ready".formatted(port));
        long deadline = System.nanoTime() + READY_WITHIN.toNanos();
        while (!isReady(client, ready)) {
            if (!process.isAlive()) {
                throw new LocalStackException("%s ended while starting. Its log %s ends:\n%s"
                        .formatted(name, home.log(name), process.lastWords()));
            }
            if (System.nanoTime() > deadline) {
                throw new LocalStackException("%s was not ready after %d s; see %s and %s"
                        .formatted(name, READY_WITHIN.toSeconds(), ready, home.log(name)));
            }
            Pause.of(Duration.ofMillis(100));
        }
    }

    private static boolean isReady(HttpClient client, URI ready) {
        try {
            var request =
                    HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(5)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while waiting for " + ready, e);
        }
    }

    private ChildProcess launch() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return ChildProcess.start(
                List.of(
                        java,
                        "-Xmx384m",
                        "-XX:+UseSerialGC",
                        // A service without memory is no service: end, and be started again.
                        "-XX:+ExitOnOutOfMemoryError",
                        "--enable-native-access=ALL-UNNAMED",
                        // By this the next run knows a process of ours that was left behind.
                        "-Dlocal.stack.home=" + home.directory(),
                        "-jar",
                        home.application(name).resolve("quarkus-run.jar").toString()),
                environment,
                home.log(name),
                StopSignal.TERM);
    }

    /** With the files' times, without which an AOT cache would be rejected. */
    private static void copy(Path from, Path to) throws IOException {
        Trees.delete(to);
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
