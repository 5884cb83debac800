package ledger287.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import ledger287.local.Leftovers;
import ledger287.local.LocalStackException;
import ledger287.local.Pause;
import ledger287.local.StopSignal;

/** The one process per home that may run a ledger: it holds the home's lock as long as it lives, however it ends. */
final class Supervisor implements AutoCloseable {

    private static final String PROGRAM = "supervisor";
    private static final Duration DOWN_WITHIN = Duration.ofMinutes(1);
    private static final Duration LEFTOVER_GONE_WITHIN = Duration.ofSeconds(15);

    private final Home home;
    private final FileChannel channel;

    private Supervisor(Home home, FileChannel channel) {
        this.home = home;
        this.channel = channel;
    }

    /** Takes the lock, unless another supervisor has it, and clears away what a killed one left running. */
    static Optional<Supervisor> claim(Home home) {
        try {
            FileChannel channel = FileChannel.open(home.lock(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            var supervisor = new Supervisor(home, channel);
            supervisor.stopLeftovers();
            Files.writeString(home.pidFile(PROGRAM), ProcessHandle.current().pid() + "\n");
            return Optional.of(supervisor);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot lock " + home.lock(), e);
        }
    }

    /** Asks the supervisor of this home to stop, and waits for it. False when there is none. */
    static boolean stop(Home home) {
        if (!Files.isDirectory(home.run())) {
            return false;
        }
        Optional<Supervisor> nobody = claim(home);
        if (nobody.isPresent()) {
            nobody.get().close();
            return false;
        }
        ProcessHandle supervisor = pid(home.pidFile(PROGRAM))
                .flatMap(pid -> Leftovers.find(pid, Main.class.getName()))
                .orElseThrow(() -> new LocalStackException(
                        "Another program holds %s, and %s does not say which. Try again in a moment."
                                .formatted(home.lock(), home.pidFile(PROGRAM))));
        // Its children end with it even if it has to be killed.
        Leftovers.stop(supervisor, StopSignal.TERM, DOWN_WITHIN);
        awaitUnlocked(home);
        return true;
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(home.addresses());
            Files.deleteIfExists(home.pidFile(PROGRAM));
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot release " + home.lock(), e);
        }
    }

    private void stopLeftovers() throws IOException {
        try (Stream<Path> files = Files.list(home.run())) {
            List<Path> pidFiles =
                    files.filter(file -> file.toString().endsWith(".pid")).toList();
            for (Path file : pidFiles) {
                pid(file)
                        .flatMap(pid -> Leftovers.find(pid, home.directory().toString()))
                        .ifPresent(process -> Leftovers.stop(process, StopSignal.TERM, LEFTOVER_GONE_WITHIN));
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(home.addresses());
    }

    private static void awaitUnlocked(Home home) {
        Optional<Supervisor> claimed = claim(home);
        for (int i = 0; claimed.isEmpty() && i < 50; i++) {
            Pause.of(Duration.ofMillis(100));
            claimed = claim(home);
        }
        claimed.ifPresent(Supervisor::close);
    }

    private static Optional<Long> pid(Path file) {
        try {
            return Optional.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException gone) {
            return Optional.empty();
        }
    }
}
