package ledger287.local;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Processes that an earlier run of ours may have left. Nothing is touched unless its command line proves it ours. */
public final class Leftovers {

    private Leftovers() {}

    /** The living process of this id whose command line contains {@code mark}; a recycled id is somebody else's. */
    public static Optional<ProcessHandle> find(long pid, String mark) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> commandLine(process)
                .contains(mark));
    }

    /** Asks the process to end, and kills it when it has not after {@code patience}. Returns when it is gone. */
    public static void stop(ProcessHandle process, StopSignal signal, Duration patience) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | java.io.IOException e) {
            process.destroyForcibly();
            process.onExit().join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + process.pid(), e.getCause());
        }
    }

    private static String commandLine(ProcessHandle process) {
        var info = process.info();
        String arguments =
                info.arguments().map(words -> String.join(" ", words)).orElse("");
        return info.commandLine().orElse("") + " " + arguments;
    }
}
