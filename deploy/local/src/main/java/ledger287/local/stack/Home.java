package ledger287.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import ledger287.local.Checkout;
import ledger287.local.LocalStackException;
import org.jspecify.annotations.Nullable;

/**
 * Where a ledger on this machine keeps its data, logs and key: {@code .ledger} in the checkout, or the directory that
 * {@code LEDGER287_HOME} names.
 */
public record Home(Path directory) {

    private static final long LEAST_FREE_BYTES = 1_000_000_000;

    static Home of(@Nullable String named, Checkout checkout) {
        Path directory = named == null || named.isBlank() ? checkout.root().resolve(".ledger") : Path.of(named);
        return new Home(directory.toAbsolutePath().normalize());
    }

    /** Makes the directories, and refuses at once what would fail later: no right to write here, or no room. */
    void prepare() {
        try {
            Files.createDirectories(logs());
            Files.createDirectories(run());
            Files.deleteIfExists(Files.createTempFile(directory, "writable", ""));
        } catch (IOException e) {
            throw new LocalStackException(
                    "Cannot write in %s. Make it writable, or name another directory: LEDGER287_HOME=DIR ./ledger up"
                            .formatted(directory),
                    e);
        }
        requireRoom();
    }

    private void requireRoom() {
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            if (free < LEAST_FREE_BYTES) {
                throw new LocalStackException(
                        "Only %,d MB are free at %s and the ledger wants %,d. Make room, or name another directory: LEDGER287_HOME=DIR ./ledger up"
                                .formatted(free / 1_000_000, directory, LEAST_FREE_BYTES / 1_000_000));
            }
        } catch (IOException e) {
            throw new LocalStackException("Cannot tell how much room there is at " + directory, e);
        }
    }

    Path logs() {
        return directory.resolve("logs");
    }

    Path log(String program) {
        return logs().resolve(program + ".log");
    }

    /** What is true only while the ledger is up: process ids, addresses. */
    Path run() {
        return directory.resolve("run");
    }

    Path pidFile(String program) {
        return run().resolve(program + ".pid");
    }

    Path addresses() {
        return run().resolve("addresses");
    }

    Path lock() {
        return directory.resolve("lock");
    }

    Path apiKey() {
        return directory.resolve("api-key");
    }

    Path webhookKey() {
        return directory.resolve("webhook-key");
    }

    Path postgres() {
        return directory.resolve("postgres");
    }

    Path kafka() {
        return directory.resolve("kafka");
    }

    Path application(String service) {
        return directory.resolve("app").resolve(service);
    }

    Path sample() {
        return directory.resolve("sample");
    }
}
