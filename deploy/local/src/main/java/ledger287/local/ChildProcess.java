package ledger287.local;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program that does not outlive us, not even when we are killed.
 *
 * <p>The child's standard input is a pipe whose other end only we hold. A watcher waits for its end, which comes when
 * we close it or die in any way, and then sends the child its stop signal. Child and watcher live in a session of their
 * own, so that Ctrl-C at a terminal reaches us alone and we stop the children in the right order.
 */
public final class ChildProcess {

    /** $0 is the stop signal; the pid of this shell is the child's, since exec keeps it. */
    private static final String WATCHED = """
            exec 3<&0 </dev/null
            ( ( cat <&3; kill -"$0" $$ ) >/dev/null 2>&1 & )
            exec 3<&-
            exec "$@"
            """;

    private static final long LARGEST_LOG = 20_000_000;

    private static final int LAST_LINES = 8;
    private static final int LONGEST_LINE = 400;

    private final Process process;
    private final Path log;

    private ChildProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a program.
     *
     * @param environment added to our own
     * @param log where its output is appended; a log that has grown large is set aside first
     */
    public static ChildProcess start(
            List<String> command, Map<String, String> environment, Path log, StopSignal stopSignal) {
        List<String> watched = new ArrayList<>(ownSession());
        watched.addAll(List.of("sh", "-c", WATCHED, stopSignal.name()));
        watched.addAll(command);
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            if (Files.exists(log) && Files.size(log) > LARGEST_LOG) {
                Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
            }
            var builder = new ProcessBuilder(watched)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            builder.environment().putAll(environment);
            return new ChildProcess(builder.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot start %s".formatted(command.getFirst()), e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completed when the child has ended, however that came. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** SIGKILL, as a crash. Returns when the process is gone. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Asks the child to end, and kills it when it has not after {@code patience}. Returns when it is gone. */
    public void stop(Duration patience) {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (IOException e) {
            kill();
        } catch (InterruptedException e) {
            kill();
            Thread.currentThread().interrupt();
        }
    }

    /** The last lines that the child wrote, for an error message. */
    public String lastWords() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            List<String> all = lines.toList();
            return all.stream()
                    .skip(Math.max(0, all.size() - LAST_LINES))
                    .map(line -> line.substring(0, Math.min(line.length(), LONGEST_LINE)))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "(no log at %s)".formatted(log);
        }
    }

    private static List<String> ownSession() {
        if (onPath("setsid").isPresent()) {
            return List.of("setsid");
        }
        return onPath("perl").isPresent()
                ? List.of("perl", "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV")
                : List.of();
    }

    static Optional<Path> onPath(String program) {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("/usr/bin:/bin");
        return Stream.of(path.split(File.pathSeparator))
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
