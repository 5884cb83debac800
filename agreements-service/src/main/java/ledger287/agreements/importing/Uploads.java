package ledger287.agreements.importing;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Receives workbooks, and clears away what a killed process left of them. */
@Singleton
@Startup
final class Uploads {
    /** Longer than any request takes: younger files may be another instance's. */
    private static final Duration LEFT_BEHIND = Duration.ofHours(1);

    private final long maxBytes;

    Uploads(UploadSettings settings, Clock clock) {
        this.maxBytes = settings.maxBytes();
        Instant now = clock.instant();
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), Upload.PREFIX + "*")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(LEFT_BEHIND))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for temporary files cannot be used", e);
        }
    }

    /** Streams a body to disk; stops, with a problem, at the first byte too many. */
    Upload receive(InputStream body) throws IOException {
        return Upload.receive(body, maxBytes);
    }
}
