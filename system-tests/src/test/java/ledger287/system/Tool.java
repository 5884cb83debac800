package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Programs that a bench needs and the project does not ship. */
final class Tool {

    private Tool() {}

    /**
     * Fails with words when one of them is missing.
     *
     * @param packages of Debian that have them
     */
    static void require(String packages, String... names) {
        for (String name : names) {
            boolean found = List.of(System.getenv("PATH").split(":")).stream()
                    .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
            if (!found) {
                throw new IllegalStateException(
                        "This bench needs %s. On Debian: apt-get install %s".formatted(name, packages));
            }
        }
    }

    /** Gives a process one core. */
    static void pin(long pid, int core) {
        run(List.of("taskset", "-acp", Integer.toString(core), Long.toString(pid)));
    }

    /** Runs one to its good end, and answers what it said. */
    static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
