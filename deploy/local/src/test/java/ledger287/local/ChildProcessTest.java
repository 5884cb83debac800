package ledger287.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ChildProcessTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @Test
    void a_child_dies_with_a_parent_that_is_killed() throws Exception {
        Path pidFile = directory.resolve("child.pid");
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("parent.log").toFile())
                .start();
        await().atMost(PATIENCE).until(() -> Files.exists(pidFile) && Files.size(pidFile) > 0);
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pidFile))).orElseThrow();
        assertThat(child.isAlive()).isTrue();

        parent.destroyForcibly();

        await().atMost(PATIENCE).until(() -> !child.isAlive());
    }

    @Test
    void a_stopped_child_gets_the_signal_that_was_asked_for() {
        var child = ChildProcess.start(
                List.of("sh", "-c", "trap 'echo interrupted; exit 3' INT; echo trapping; while :; do sleep 0.1; done"),
                Map.of(),
                directory.resolve("log"),
                StopSignal.INT);
        await().atMost(PATIENCE).until(() -> child.lastWords().contains("trapping"));

        child.stop(PATIENCE);

        assertThat(child.onExit().join()).isEqualTo(3);
        assertThat(child.lastWords()).contains("interrupted");
    }

    @Test
    void a_child_that_will_not_stop_is_killed() {
        var child = ChildProcess.start(
                List.of("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 0.1; done"),
                Map.of(),
                directory.resolve("log"),
                StopSignal.TERM);
        await().atMost(PATIENCE).until(() -> child.lastWords().contains("deaf"));

        child.stop(Duration.ofMillis(300));

        assertThat(child.isAlive()).isFalse();
    }

    /** Starts a child that would live long, tells its id, and lives long itself. */
    static final class Parent {

        private Parent() {}

        public static void main(String[] arguments) throws Exception {
            Path directory = Path.of(arguments[0]);
            var child = ChildProcess.start(
                    List.of("sleep", "600"), Map.of(), directory.resolve("child.log"), StopSignal.TERM);
            Path partial = directory.resolve("child.pid.new");
            Files.writeString(partial, Long.toString(child.pid()));
            Files.move(partial, directory.resolve("child.pid"));
            Thread.sleep(Duration.ofMinutes(10));
        }
    }
}
