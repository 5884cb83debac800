package ledger287.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import ledger287.local.ChildProcess;
import ledger287.local.LocalServer;
import ledger287.local.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeeperTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    private final Queue<String> said = new ConcurrentLinkedQueue<>();

    @Test
    void a_killed_server_is_started_again_and_its_pid_file_names_the_new_process() throws IOException {
        Path pidFile = directory.resolve("sleeper.pid");
        var sleeper = new Sleeper(directory.resolve("log"));
        try (var keeper = new Keeper("sleeper", sleeper, pidFile, said::add)) {
            keeper.keep();
            long first = sleeper.process().pid();
            assertThat(Files.readString(pidFile).strip()).isEqualTo(Long.toString(first));

            sleeper.kill();

            await().atMost(PATIENCE)
                    .until(() -> !Files.readString(pidFile).strip().equals(Long.toString(first)));
            assertThat(sleeper.process().isAlive()).isTrue();
            assertThat(said).containsExactly("sleeper ended (exit code 137); starting it again.");
        }
    }

    @Test
    void a_closed_keeper_leaves_neither_process_nor_pid_file() {
        Path pidFile = directory.resolve("sleeper.pid");
        var sleeper = new Sleeper(directory.resolve("log"));
        var keeper = new Keeper("sleeper", sleeper, pidFile, said::add);
        keeper.keep();

        keeper.close();

        assertThat(sleeper.process().isAlive()).isFalse();
        assertThat(pidFile).doesNotExist();
        assertThat(said).isEmpty();
    }

    /** The least that can be kept: a process. */
    private static final class Sleeper implements LocalServer {

        private final Path log;
        private volatile ChildProcess process;

        Sleeper(Path log) {
            this.log = log;
            this.process = start();
        }

        private ChildProcess start() {
            return ChildProcess.start(List.of("sleep", "600"), Map.of(), log, StopSignal.TERM);
        }

        @Override
        public int port() {
            return 0;
        }

        @Override
        public ChildProcess process() {
            return process;
        }

        @Override
        public void restart() {
            close();
            process = start();
        }

        @Override
        public void close() {
            process.stop(PATIENCE);
        }
    }
}
