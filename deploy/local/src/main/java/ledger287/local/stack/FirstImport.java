package ledger287.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Remembers that the import into an empty ledger has begun, until it is complete, so that one which was interrupted goes
 * on at the next start instead of leaving half a history.
 */
record FirstImport(Path marker) {

    static FirstImport of(Home home) {
        return new FirstImport(home.directory().resolve("first-import"));
    }

    /** The directory that was being imported when the ledger went down. */
    Optional<Path> interrupted() {
        try {
            return Files.exists(marker)
                    ? Optional.of(Path.of(Files.readString(marker).strip()))
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + marker, e);
        }
    }

    void begun(Path directory) {
        try {
            Files.writeString(marker, directory.toAbsolutePath() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write " + marker, e);
        }
    }

    void complete() {
        try {
            Files.deleteIfExists(marker);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete " + marker, e);
        }
    }
}
