package ledger287.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.function.Consumer;
import ledger287.local.LocalServer;
import ledger287.local.LocalStackException;
import ledger287.local.Pause;

/**
 * Keeps one server running: starts it again when it dies, at once at first and ever more slowly while it keeps dying,
 * and keeps its process id in a file.
 */
final class Keeper implements AutoCloseable {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);
    /** Who has run this long is forgiven earlier deaths. */
    private static final Duration SETTLED = Duration.ofMinutes(1);

    private final String name;
    private final LocalServer server;
    private final Path pidFile;
    private final Consumer<String> say;
    private final Thread watcher;
    private volatile boolean stopping;

    Keeper(String name, LocalServer server, Path pidFile, Consumer<String> say) {
        this.name = name;
        this.server = server;
        this.pidFile = pidFile;
        this.say = say;
        this.watcher = Thread.ofPlatform().daemon().name("keeper-" + name).unstarted(this::watch);
        writePid();
    }

    /** Starts watching. Until then a death is for the one who starts the stack to notice. */
    void keep() {
        watcher.start();
    }

    /** Stops the server, for good. Returns when it is gone. */
    @Override
    public void close() {
        stopping = true;
        watcher.interrupt();
        join();
        server.close();
        try {
            Files.deleteIfExists(pidFile);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + pidFile, e);
        }
    }

    private void watch() {
        Duration pause = FIRST_PAUSE;
        long started = System.nanoTime();
        while (!stopping) {
            try {
                int exit = awaitExit();
                if (System.nanoTime() - started > SETTLED.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                say.accept("%s ended (exit code %d); starting it again.".formatted(name, exit));
                Pause.of(pause);
                pause = longer(pause);
                started = System.nanoTime();
                server.restart();
                writePid();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (LocalStackException | UncheckedIOException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                // Dead again: the next turn of the loop finds it so, and waits longer.
                say.accept(String.valueOf(e.getMessage()));
            }
        }
    }

    private int awaitExit() throws InterruptedException {
        try {
            return server.process().onExit().get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("Waiting for %s to end".formatted(name), e.getCause());
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : twice;
    }

    private void join() {
        try {
            watcher.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void writePid() {
        try {
            // Moved into place, so that nobody reads half a number.
            Path partial = pidFile.resolveSibling(pidFile.getFileName() + ".new");
            Files.writeString(partial, server.process().pid() + "\n");
            Files.move(partial, pidFile, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + pidFile, e);
        }
    }
}
